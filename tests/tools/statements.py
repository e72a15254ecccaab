"""Reads the statements of sql/objects, with PostgreSQL's own grammar: what each joins, person by person."""

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fdtrygd import settings
from fdtrygd.db import objects
from pglast import ast, enums, parse_sql
from pglast.parser import parse_plpgsql_json

SCHEMAS = list(objects.schemas())
COMMENTS, GRANTS = "kommentarer", "tilgang"
FILES = objects.files()
#: Files that make an object or fill a table, each named after it.
OBJECT_FILES = [file for file in FILES if file.parent.name not in (COMMENTS, GRANTS)]


def object_name(file: Path) -> str:
    """The file's name without its ending."""
    return file.stem


def statements(file: Path) -> list[Any]:
    """The file's statements, as PostgreSQL's own grammar reads them."""
    return [raw.stmt for raw in parse_sql(file.read_text(encoding="utf-8"))]


def made(statement: Any) -> tuple[str, str] | None:
    """Schema and name of the function, view or table that the statement creates; None for any other statement."""
    match statement:
        case ast.CreateFunctionStmt():
            schema, name = statement.funcname
            return str(schema.sval), str(name.sval)
        case ast.ViewStmt():
            relation = statement.view
        case ast.CreateTableAsStmt(objtype=enums.ObjectType.OBJECT_MATVIEW):
            relation = statement.into.rel
        case ast.CreateStmt():
            relation = statement.relation
        case _:
            return None
    return str(relation.schemaname), str(relation.relname)


#: In which schema each table, view and function is, by name: its file says so, or sql/tables.sql.
SCHEMA_OF = {
    name: schema
    for file in (*FILES, settings.ROOT / "sql" / "tables.sql")
    for schema, name in filter(None, map(made, statements(file)))
}


#: What a person is known by; the columns that hold it; and what else says that two records are one: the place in the
#: month's file.
KNOWN_BY = ("fnr", "lopenr")
PERSON = re.compile(r"(fnr|lopenr)(?=_|$)")
SAME = re.compile(rf"{PERSON.pattern}|linje$")


def below(tree: Any) -> Iterator[Any]:
    """The nodes of an expression; of a subquery in it nothing but the node itself."""
    if isinstance(tree, tuple | list):
        for item in tree:
            yield from below(item)
    elif isinstance(tree, ast.Node):
        yield tree
        for slot in tree.__slots__:
            if not (isinstance(tree, ast.SubLink) and slot == "subselect"):
                yield from below(getattr(tree, slot))


def conjuncts(condition: Any) -> Iterator[Any]:
    """What must all hold for the condition to hold."""
    if isinstance(condition, ast.BoolExpr) and condition.boolop == enums.BoolExprType.AND_EXPR:
        for part in condition.args:
            yield from conjuncts(part)
    elif condition is not None:
        yield condition


def parts(expression: Any) -> tuple[str, ...]:
    """A column's name, qualified or not; nothing for what is no column. CASE WHEN … THEN column END is the column, or
    nobody's."""
    if isinstance(expression, ast.CaseExpr) and len(expression.args) == 1 and not expression.defresult:
        return parts(expression.args[0].result)
    fields = expression.fields if isinstance(expression, ast.ColumnRef) else ()
    return tuple("*" if isinstance(field, ast.A_Star) else str(field.sval) for field in fields)


def known(column: tuple[str, ...], by: re.Pattern[str] = PERSON) -> str | None:
    """By what the column knows a person, fnr or lopenr; nothing for a column that does not."""
    match = by.match(column[-1]) if column else None
    return match[0] if match else None


class Scope:
    """What a FROM list has: relations of one person's records by alias, each with a number; numbers of the same person
    are linked. A mass is made of many persons' records and does not say whose."""

    def __init__(self, outer: "Scope | None") -> None:
        self.outer = outer
        self.persons: dict[str, int] = {}
        self.masses: list[str] = []

    def number(self, column: tuple[str, ...]) -> int | None:
        """The number of the relation that the column is of."""
        if len(column) > 1 and column[-2] in self.persons:
            return self.persons[column[-2]]
        if len(column) == 1 and len(self.persons) == 1:
            return next(iter(self.persons.values()))
        return self.outer.number(column) if self.outer else None

    def around(self) -> "set[int]":
        """The numbers of the nearest FROM list around this one that has any."""
        return set(self.outer.persons.values()) or self.outer.around() if self.outer else set()


class Reader:
    """Reads statements. `joined` says what joins two persons; `links` counts what joins a person to himself."""

    def __init__(self, relations: set[str], functions: set[str]) -> None:
        self.relations = relations
        self.functions = functions
        self.same: dict[int, int] = {}
        self.joined: list[str] = []
        self.links = 0
        self.numbers = itertools.count()

    def root(self, number: int) -> int:
        while number in self.same:
            number = self.same[number]
        return number

    def link(self, one: int | None, other: int | None) -> None:
        if one is not None and other is not None and self.root(one) != self.root(other):
            self.same[self.root(one)] = self.root(other)
            self.links += 1

    def one_person(self, numbers: set[int], masses: list[str], what: Any) -> None:
        if len({self.root(number) for number in numbers}) > 1 or (numbers and masses):
            self.joined.append(f"persons are joined: {what}")

    def read(self, statement: Any, outer: Scope | None = None, ctes: dict[str, str | None] | None = None) -> Any:
        """(kind, number) of what the statement gives: 'person' (it gives a fnr or lopenr), 'mass' or None."""
        ctes = dict(ctes or {})
        if isinstance(statement, ast.ViewStmt | ast.CreateTableAsStmt):
            return self.read(statement.query)
        if not isinstance(statement, ast.SelectStmt | ast.InsertStmt | ast.UpdateStmt | ast.DeleteStmt):
            return None, None
        for cte in statement.withClause.ctes if statement.withClause else ():
            ctes[cte.ctename], _ = self.read(cte.ctequery, outer, ctes)
        match statement:
            case ast.InsertStmt():
                return self.read(statement.selectStmt, outer, ctes)
            case ast.SelectStmt(op=enums.SetOperation.SETOP_NONE):
                return self.select(statement, outer, ctes)
            case ast.SelectStmt():
                kinds = [self.read(arm, outer, ctes)[0] for arm in (statement.larg, statement.rarg)]
                kind = "person" if "person" in kinds else next(filter(None, kinds), None)
                return kind, next(self.numbers) if kind == "person" else None
            case ast.UpdateStmt():
                scope = self.scope(
                    (statement.relation, *(statement.fromClause or ())), statement.whereClause, None, ctes
                )
                self.subqueries([statement.targetList, statement.whereClause], scope, ctes)
            case ast.DeleteStmt():
                scope = self.scope(
                    (statement.relation, *(statement.usingClause or ())), statement.whereClause, None, ctes
                )
                self.subqueries(statement.whereClause, scope, ctes)
        returning = getattr(statement, "returningList", None) or getattr(statement, "returningClause", None)
        return ("person" if scope.persons and returning else None), next(self.numbers)

    def select(self, select: Any, outer: Scope | None, ctes: dict[str, str | None]) -> tuple[str | None, int | None]:
        scope = self.scope(select.fromClause or (), select.whereClause, outer, ctes)
        given = [select.targetList, select.whereClause, select.havingClause, select.sortClause, select.windowClause]
        self.subqueries(given, scope, ctes)
        windows = [w for w in select.windowClause or () if not w.refname]
        windows += [
            w for w in below(select.targetList) if isinstance(w, ast.WindowDef) and not w.name and not w.refname
        ]
        for window in windows if scope.persons else ():
            if not any(known(parts(column)) for column in window.partitionClause or ()):
                self.joined.append(f"a window over many persons: {sorted(scope.persons)}")
        for target in select.targetList or ():
            column = parts(target.val)
            if column and column[-1] == "*":
                if len(column) == 1 and scope.persons:
                    return "person", next(iter(scope.persons.values()))
                if column[-2:-1] and column[-2] in scope.persons:
                    return "person", scope.persons[column[-2]]
            elif PERSON.match(target.name or (column or ("",))[-1]) and scope.persons:
                number = scope.number(column) if column else None
                return "person", next(iter(scope.persons.values())) if number is None else number
        # What a correlated subquery gives is of the person around it
        own = set(scope.persons.values())
        of_outer = {self.root(n) for n in own} <= {self.root(n) for n in scope.around()}
        return ("mass" if scope.masses or (own and not of_outer) else None), None

    def scope(self, items: Any, where: Any, outer: Scope | None, ctes: dict[str, str | None]) -> Scope:
        """The scope of a FROM list, when the conditions in it and in WHERE have been read."""
        scope = Scope(outer)
        conditions = list(conjuncts(where))
        for item in items:
            conditions += self.item(item, scope, ctes)
        for condition in conditions:
            if isinstance(condition, ast.A_Expr) and condition.kind == enums.A_Expr_Kind.AEXPR_OP:
                sides = [parts(side) for side in (condition.lexpr, condition.rexpr)]
                what = [known(side, SAME) for side in sides]  # fnr with fnr, lopenr with lopenr
                if str(condition.name[-1].sval) == "=" and what[0] and what[0] == what[1]:
                    self.link(*map(scope.number, sides))
        self.one_person({*scope.persons.values()}, scope.masses, sorted({*scope.persons, *scope.masses}))
        self.subqueries([c for c in conditions if c not in list(conjuncts(where))], scope, ctes)
        return scope

    def item(self, item: Any, scope: Scope, ctes: dict[str, str | None]) -> list[Any]:
        """Enters an item of a FROM list; gives the conditions in it."""
        if isinstance(item, ast.JoinExpr):
            using = [str(name.sval) for name in item.usingClause or ()]
            assert not item.isNatural, "a join says what it joins"
            assert not {*KNOWN_BY} & {*using}, "persons are compared in ON, where this test looks for it"
            conditions = self.item(item.larg, scope, ctes) + self.item(item.rarg, scope, ctes)
            return conditions + list(conjuncts(item.quals))
        number: int | None = next(self.numbers)
        if isinstance(item, ast.RangeVar):
            name = str(item.relname)
            kind = ctes[name] if name in ctes and not item.schemaname else "person" if name in self.relations else None
            alias = str(item.alias.aliasname) if item.alias else name
        elif isinstance(item, ast.RangeFunction):
            called = item.functions[0][0]
            name = str(called.funcname[-1].sval) if isinstance(called, ast.FuncCall) else ""
            kind = "person" if name in self.functions else None
            alias = str(item.alias.aliasname) if item.alias else name
        else:
            assert isinstance(item, ast.RangeSubselect)
            kind, number = self.read(item.subquery, scope if item.lateral else None, ctes)
            alias = str(item.alias.aliasname)
        if kind == "person":
            assert number is not None
            scope.persons[alias] = number
        elif kind == "mass":
            scope.masses.append(alias)
        return []

    def subqueries(self, tree: Any, scope: Scope, ctes: dict[str, str | None]) -> None:
        """The subqueries of expressions: their persons must be those around them."""
        for found in below(tree):
            if isinstance(found, ast.SubLink):
                before = dict(self.same)  # what a subquery says of its outside does not hold there: it may be negated
                kind, number = self.read(found.subselect, scope, ctes)
                tested = parts(found.testexpr)
                if kind == "person" and known(tested) and known(tested) == self.listed(found.subselect):
                    self.link(number, scope.number(tested))
                inner = {number} if kind == "person" and number is not None else set()
                around = set(scope.persons.values()) or scope.around()
                self.one_person(inner | around, ["a subquery"] if kind == "mass" else [], sorted(scope.persons))
                self.same = before

    def listed(self, select: Any) -> str | None:
        """By what a list of persons, for IN, knows them."""
        while select.op != enums.SetOperation.SETOP_NONE:
            select = select.larg
        [target] = select.targetList
        return known((target.name,) if target.name else parts(target.val))


def dynamic(text: str) -> str:
    """A statement that is put together by format(), with a table of persons for the tables to be filled in."""
    table = "trygdfob.miniregister"
    text = re.sub(r"\(%s\)(?= AS )", f"(SELECT * FROM {table})", text)
    text = re.sub(r"\b(FROM|INTO|JOIN)(\s+)%(\d\$)?s", rf"\1\2{table}", text)
    text = re.sub(r"%(\d\$)?s(?= AS )", table, text)
    text = re.sub(r"(?<=\.)%(\d\$)?I", "navn", text)
    return re.sub(r"%(\d\$)?[sIL]", "1", text)


QUERY = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\s+\S")


def queries(source: str) -> Iterator[Any]:
    """The statements of a file of sql/objects: of its view, or of its function's body, those put together there too."""
    for raw in parse_sql(source):
        statement = raw.stmt
        if not isinstance(statement, ast.CreateFunctionStmt):
            yield statement
        else:
            options = {option.defname: option.arg for option in statement.options}
            if options["language"].sval == "sql" and "as" in options:
                yield from (inner.stmt for inner in parse_sql(options["as"][0].sval))
            elif isinstance(statement.sql_body, ast.ReturnStmt):
                yield ast.SelectStmt(targetList=(ast.ResTarget(val=statement.sql_body.returnval),))
            elif statement.sql_body:  # BEGIN ATOMIC
                yield from statement.sql_body[0]
    for text, mode in expressions(json.loads(parse_plpgsql_json(source))):
        # a statement, an expression, an assignment
        [raw] = parse_sql(text if mode == 0 else f"SELECT {text.partition(':=')[2] if mode >= 3 else text}")
        yield raw.stmt
        for node in below(raw.stmt):
            if isinstance(node, ast.A_Const) and isinstance(node.val, ast.String) and QUERY.match(node.val.sval):
                yield from (inner.stmt for inner in parse_sql(dynamic(node.val.sval)))


def expressions(tree: Any) -> Iterator[tuple[str, int]]:
    """The SQL in a PL/pgSQL body, with what it is: 0 statement, 2 expression, 3 to 5 assignment."""
    if isinstance(tree, dict):
        if "PLpgSQL_expr" in tree:
            yield tree["PLpgSQL_expr"]["query"], tree["PLpgSQL_expr"].get("parseMode", 0)
        tree = list(tree.values())
    if isinstance(tree, list):
        for branch in tree:
            yield from expressions(branch)
