"""Fødselsnummer of persons who do not exist: 80 is added to the month, as the tax administration does for tests."""

from datetime import date, timedelta

import numpy as np

from fdtrygd.errors import UserError
from fdtrygd.synthetic.arrays import Bools, Bytes, Ints, digits
from fdtrygd.synthetic.dice import Dice

# How many of 100 000 persons have a D-number, and a wrong check digit: in the sample, and in the full register.
D_NUMBERS, FULL_D_NUMBERS = 600, 535
WRONG_CHECK_DIGIT, FULL_WRONG_CHECK_DIGIT = 30, 2

FIRST_BIRTHDAY = date(1938, 1, 1)
BIRTHDAYS = [FIRST_BIRTHDAY + timedelta(days) for days in range(48 * 365)]
#: So many individual numbers (the three digits after the date) are used for each birthday.
INDIVIDUAL = 500
K1 = (3, 7, 6, 1, 8, 9, 4, 5, 2)
K2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
#: Candidates for each number that is needed, since one in six has no check digits.
CANDIDATES = 1.3
#: So many candidates are worked on at a time, to save memory.
BLOCK = 1 << 17


def fodselsnummer(n: int, seed: int, d_numbers: int = D_NUMBERS, wrong_digit: int = WRONG_CHECK_DIGIT) -> Bytes:
    """`n` different numbers as rows of digits, some of them D-numbers and very few invalid.

    Candidates walk through the birthdays, and take the next individual number each time round, so no two are alike.
    Those that have no check digits are left out.
    """
    candidates = int(n * CANDIDATES) + 100
    if candidates > len(BIRTHDAYS) * INDIVIDUAL:
        raise UserError("So many persons are more than there are test persons' numbers for. Ask for fewer.")
    blocks = [np.arange(i, min(i + BLOCK, candidates)) for i in range(0, candidates, BLOCK)]
    fnr = np.concatenate([with_check_digits(block, Dice(seed), d_numbers) for block in blocks])[:n]
    wrong = Dice(seed).below("check digit", np.arange(n), 100_000) < wrong_digit
    fnr[wrong, 10] = (fnr[wrong, 10] + 1) % 10
    return fnr + np.uint8(ord("0"))


def with_check_digits(candidates: Ints, dice: Dice, d_numbers: int) -> Bytes:
    """The digits of those candidates that have check digits, as numbers."""
    day = (candidates * 7919 + dice.below("birthday", np.zeros(1, np.int64), len(BIRTHDAYS))) % len(BIRTHDAYS)
    individual = (dice.below("individual", day, INDIVIDUAL) + candidates // len(BIRTHDAYS)) % INDIVIDUAL
    born = np.array([int(f"{d:%d%m%y}") for d in BIRTHDAYS])[day] + 8000
    born += 400_000 * (dice.below("d-number", candidates, 100_000) < d_numbers)
    fnr = as_digits(born * 100_000 + individual * 100)
    return fnr[fill_check_digits(fnr)]


def fill_check_digits(fnr: Bytes) -> Bools:
    """Puts the check digits in place, of numbers whose digits are numbers; False where there are none."""
    ok = np.ones(len(fnr), np.bool_)
    for place, weights in ((9, K1), (10, K2)):
        rest = np.zeros(len(fnr), np.int16)
        for i, weight in enumerate(weights):
            rest += fnr[:, i].astype(np.int16) * weight
        rest %= 11
        ok &= rest != 1
        fnr[:, place] = (11 - rest) % 11 % 10
    return ok


def as_digits(numbers: Ints) -> Bytes:
    """The eleven digits of each number, as numbers."""
    return digits(numbers, 11, pad=True) - np.uint8(ord("0"))


def as_numbers(fnr: Bytes) -> Ints:
    """The way back."""
    return fnr @ (10 ** np.arange(10, -1, -1))


def valid(numbers: Ints) -> Bools:
    """Whether the check digits are right."""
    fnr = as_digits(numbers)
    right: Bools = fill_check_digits(fnr) & (as_numbers(fnr) == numbers)
    return right
