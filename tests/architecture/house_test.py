#!/usr/bin/env python3
"""Tests of tools/house: each rule fires on a small bad tree and keeps quiet on a good one."""

import importlib.machinery
import importlib.util
import pathlib
import subprocess
import sys
import tempfile
import unittest

HOUSE = pathlib.Path(__file__).resolve().parent.parent.parent / "tools" / "house"
sys.dont_write_bytecode = True
loader = importlib.machinery.SourceFileLoader("house", str(HOUSE))
house = importlib.util.module_from_spec(importlib.util.spec_from_loader("house", loader))
sys.modules["house"] = house
loader.exec_module(house)
HEADER = "// What this is. Thread-safety: immutable.\n#pragma once\n"


def findings(files):
    """Runs the rules over a tree and returns the set of (file, line, rule)."""
    with tempfile.TemporaryDirectory() as root:
        for name, text in files.items():
            path = pathlib.Path(root, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return {found[:3] for found in house.findings_in(pathlib.Path(root))}


class HouseTest(unittest.TestCase):
    def expect(self, name, text, line, rule):
        self.assertEqual(findings({name: text}), {(name, line, rule)}, text)

    def expect_good(self, name, text):
        self.assertEqual(findings({name: text}), set(), text)

    def expect_await(self, statement):
        text = "net::awaitable<void> run() {\n    before();\n    " + statement + "\n}\n"
        self.expect("server/session.cc", text, 3, "co-await")

    def expect_good_await(self, statement):
        text = "net::awaitable<void> run() {\n    before();\n    " + statement + "\n}\n"
        self.expect_good("server/session.cc", text)


class IncludeRules(HouseTest):
    def test_arrows_go_one_way(self):
        for name, include in (
            ("domain/a.cc", '"storage/log.h"'),
            ("domain/a.cc", "<nlohmann/json_fwd.hpp>"),
            ("domain/a.cc", "<boost/asio.hpp>"),
            ("domain/a.cc", "<unistd.h>"),
            ("storage/a.cc", '"api/rpc/method.h"'),
            ("storage/a.cc", '"server/ops/clock.h"'),
            ("storage/views/a.cc", "<boost/beast/core.hpp>"),
            ("api/a.cc", '"server/ops/clock.h"'),
            ("storage/a.cc", '"commit/committer.h"'),
            ("commit/a.cc", '"api/rpc/method.h"'),
            ("commit/a.cc", "<boost/asio.hpp>"),
            ("server/http/a.cc", '"tools/cli/client.h"'),
            ("tools/cli/a.cc", '"tests/support/fake.h"'),
            ("tools/cli/a.cc", "<rocksdb/db.h>"),
            ("api/a.cc", "<boost/asio/ip/tcp.hpp>"),
            ("api/a.cc", "<rocksdb/db.h>"),
            ("server/a.cc", "<rocksdb/db.h>"),
            ("server/a.cc", '"tests/support/fake.h"'),
            ("server/a.cc", '"tools/bench/figures.h"'),
            ("tools/bench/a.cc", '"tests/support/fake.h"'),
            ("tools/bench/a.cc", "<rocksdb/db.h>"),
            ("tools/bench/a.cc", "<boost/asio.hpp>"),
        ):
            self.expect(name, f"\n#include {include}\n", 2, "arrow")

    def test_allowed_arrows(self):
        for name, include in (
            ("domain/a.cc", "<vector>"),
            ("domain/a.cc", "<tl/expected.hpp>"),
            ("domain/a.cc", "<boost/describe/class.hpp>"),
            ("domain/a.cc", "<boost/mp11.hpp>"),
            ("storage/a.cc", "<rocksdb/db.h>"),
            ("api/a.cc", '"storage/log.h"'),
            ("server/a.cc", "<boost/beast/core.hpp>"),
            ("server/a.cc", '"domain/base/ids.h"'),
            ("api/a.cc", '"commit/clock.h"'),
            ("server/main.cc", '"tools/cli/commands/commands.h"'),
            ("tools/cli/a.cc", '"server/ops/node.h"'),
            ("tests/domain/a.cc", '"server/ops/clock.h"'),
            ("tools/load.cc", "<boost/asio.hpp>"),
            ("tools/bench/a.cc", '"server/ops/node.h"'),
            ("tools/bench/rocks.cc", "<rocksdb/db.h>"),
        ):
            self.expect_good(name, f"#include {include}\n")

    def test_paths_start_at_the_root(self):
        self.expect("api/a.cc", '#include "method.h"\n', 1, "include-root")

    def test_definitions_are_instantiated_in_few_sources(self):
        for name, include in (
            ("api/methods/task.cc", "domain/base/layout.ipp"),
            ("domain/task/task.cc", "domain/base/event_kind.ipp"),
            ("domain/task/task_evolve.cc", "domain/base/command_kind.ipp"),
            ("domain/task/task.h", "domain/base/event_kind.ipp"),
            ("domain/task/task_evolve.cc", "domain/other.ipp"),
        ):
            text = (HEADER if name.endswith(".h") else "\n\n") + f'#include "{include}"\n'
            self.expect(name, text, 3, "instantiated")
        for name, include in (
            ("domain/base/event_layouts.cc", "domain/base/layout.ipp"),
            ("storage/codec/row_layouts.cc", "domain/base/layout.ipp"),
            ("domain/task/task_evolve.cc", "domain/base/event_kind.ipp"),
            ("domain/task/amend_command.cc", "domain/base/command_kind.ipp"),
            ("tests/storage/a.cc", "domain/base/layout.ipp"),
        ):
            self.expect_good(name, f'#include "{include}"\n')

    def test_json_stays_in_sources(self):
        self.expect("api/a.h", HEADER + "#include <nlohmann/json.hpp>\n", 3, "json-header")
        self.expect_good("api/a.h", HEADER + "#include <nlohmann/json_fwd.hpp>\n")
        self.expect_good("tests/api/a.h", HEADER + "#include <nlohmann/json.hpp>\n")


class PurityRules(HouseTest):
    def test_domain_has_no_clock_chance_or_float(self):
        for text in ("auto t = std::chrono::steady_clock::time_point();", "std::random_device d;",
                     "int r = rand();", "double d = 0;", "float f(int);", "#include <mutex>",
                     "#include <iostream>", "#include <fstream>", "#include <locale>"):
            self.expect("domain/a.cc", text + "\n", 1, "pure-domain")

    def test_words_in_comments_and_strings_are_free(self):
        self.expect_good("domain/a.cc", '// A double, a steady_clock.\nauto s = "double";\n')
        self.expect_good("domain/a.cc", 'auto s = R"x(double " \n float)x"; int n = 1\'000;\n')

    def test_one_file_reads_the_wall_clock(self):
        text = "auto now = std::chrono::system_clock::now();\n"
        self.expect("server/timers.cc", text, 1, "wall-clock")
        self.expect("storage/log.cc", "auto now = time(nullptr);\n", 1, "wall-clock")
        self.expect_good("server/ops/clock.cc", text)


class FormRules(HouseTest):
    def test_long_file(self):
        self.expect("domain/a.cc", "int a;\n" * 601, 601, "file-size")
        self.expect_good("domain/a.cc", "int a;\n" * 600)

    def test_long_function(self):
        body = "    work();\n"
        for head in ("void f(int n) {", "auto f() -> X {", "TEST(Suite, Name) {",
                     "A::A(int n) : a_{n}, b_(n) {", "bool f() const noexcept {"):
            self.expect("api/a.cc", "namespace x {\n" + head + "\n" + body * 70 + "}\n}\n", 2,
                        "function-size")
            self.expect_good("api/a.cc", "namespace x {\n" + head + "\n" + body * 68 + "}\n}\n")

    def test_long_tables_and_classes_are_fine(self):
        self.expect_good("api/a.cc", "const Row rows[] = {\n" + "    {1, f(2)},\n" * 90 + "};\n")
        self.expect_good("api/a.cc", "class alignas(64) A : B {\n" + "    void f() {}\n" * 90 + "};\n")
        self.expect_good("api/a.cc", "enum class A {\n" + "    a,\n" * 90 + "};\n")

    def test_header_form(self):
        self.expect("api/a.h", "// What.\nint f();\n", 1, "pragma-once")
        self.expect("api/a.h", "#pragma once\nint f();\n", 1, "file-comment")
        self.expect("api/a.h", HEADER + "using namespace std;\n", 3, "using-namespace")

    def test_names_of_files(self):
        self.expect("api/ErrorMap.cc", "int a;\n", 1, "file-name")
        self.expect("api/error_map.cpp", "int a;\n", 1, "file-name")

    def test_results_are_nodiscard(self):
        for text in ("Result<int> f();", "virtual Result<std::vector<int>> f() = 0;",
                     "Status f(int n);", "inline duban::Result<int> f() { return 1; }",
                     "auto f(int n) -> Result<int>;",
                     "class A {\npublic:\n    Result<int> f();\n};",
                     "BOOST_DESCRIBE_STRUCT(A, (), (b))\n\nResult<int> f();",
                     "template <class T = int>\nResult<T> f();"):
            line = 3 + text[: max(text.find("Result<"), text.find("Status"))].count("\n")
            self.expect("api/a.h", HEADER + text + "\n", line, "nodiscard")

    def test_what_needs_no_nodiscard(self):
        for text in ("[[nodiscard]] Result<int> f();", "[[nodiscard]]\nResult<int> f();",
                     "void f(Result<int> r);", "using Status = Result<void>;",
                     "inline int f() {\n    Result<int> r(1);\n    return 2;\n}",
                     "struct A {\n    Result<int> value;\n};", "rocksdb::Status f();",
                     "struct A {\npublic:\n    template <class T>\n    [[nodiscard]] static Result<T> f();\n};"):
            self.expect_good("storage/a.h", HEADER + text + "\n")

    def test_open_work(self):
        for word in ("TO" + "DO", "FIX" + "ME", "X" * 3):
            self.expect("web/a.ts", f"// {word}: later\n", 1, "open-work")
        self.expect_good("server/a.cc", 'auto name = "/tmp/a-XXXXXX";\n')

    def test_public_words(self):
        path = "/wo" + "rk/"
        self.expect("docs/a.md", f"See {path}shared.\n", 1, "public-words")
        self.expect_good("docs/a.md", f"See https://example.org{path} and frame{path[1:]}a.\n")

    def test_lock_files_name_no_registry(self):
        entry = '{\n"node_modules/a": {"version": "1.0.0", %s"integrity": "sha512-x"}}\n'
        resolved = '"resolved": "https://registry.example/a-1.0.0.tgz", '
        self.expect("web/a/package-lock.json", entry % resolved, 2, "lock-file")
        self.expect_good("web/a/package-lock.json", entry % "")
        self.expect_good("web/a/package.json", entry % resolved)


class TreeRules(HouseTest):
    def test_names_of_tests(self):
        test = "TEST(Suite, SaysWhat) {\n}\n"
        self.assertEqual(
            findings({"tests/api/a.cc": test, "tests/api/b.cc": "\n" + test}),
            {("tests/api/b.cc", 2, "test-name")})
        self.assertEqual(
            findings({"tests/api/a.cc": "RC_GTEST_PROP(Suite, SaysWhat, ()) {\n}\n" + test}),
            {("tests/api/a.cc", 3, "test-name")})
        self.assertEqual(
            findings({"tests/api/a.cc": test, "tests/e2e/b.cc": "TEST_F(Suite,\n  SaysWhat) {}\n"}),
            {("tests/e2e/b.cc", 1, "test-name")})

    def test_other_names_of_tests(self):
        self.assertEqual(
            findings({"tests/api/a.cc": "TEST(Suite, SaysWhat) {\n}\n// TEST(Suite, SaysWhat)\n",
                      "tests/api/b.cc": "TEST(Other, SaysWhat) {\n}\nTEST(Suite, Other) {\n}\n"}),
            set())


class CoroutineRules(HouseTest):
    def test_closures(self):
        self.expect_await("co_await f([s] { return s; });")
        self.expect_await("auto n = co_await net::co_spawn(ex, [s]() -> X { g(); }, token);")
        self.expect_await("net::co_spawn(net::make_strand(co_await executor), [s] { g(); }, t);")
        self.expect_await("f([s = std::move(s)](int n) mutable { g(n); }, co_await h());")
        self.expect_await("co_await f([&a, s] { return s; });")
        self.expect_good_await("co_await f([&a] { return a; });")
        self.expect_good_await("co_await f([this] { return n_; });")
        self.expect_good_await("auto task = [s]() -> X { co_await g(); };")
        self.expect_good_await("net::co_spawn(ex, [s]() -> X { co_await g(); }, done);")
        self.expect_good_await("auto [ec, n] = co_await read(buffers[0]);")

    def test_aggregates(self):
        self.expect_await("co_await handle(Request{name, 1});")
        self.expect_await("co_await handle({.name = name});")
        self.expect_await("co_await handle(id, {name});")
        self.expect_await("co_await Sender{}.run();")
        self.expect_await("co_return Reply{co_await body()};")
        self.expect_await("co_await send(json{{name, 1}});")
        self.expect_good_await("co_await handle(Request(name, 1));")
        self.expect_good_await("co_return Reply{name};")
        self.expect_good_await("if (!co_await ok()) co_return Reply{name};")
        self.expect_good_await("timer.expires_after(std::chrono::seconds{5});")

    def test_choices_throws_and_checks(self):
        self.expect_await("auto a = c ? co_await f() : g();")
        self.expect_await("throw Failure(co_await f());")
        self.expect_await("EXPECT_EQ(co_await f(), 1);")
        self.expect_good_await("if (c && co_await f()) { auto b = c ? 1 : 2; }")
        self.expect_good_await("switch (n) { case Kind::a: co_await f(); break; default: g(); }")

    def test_detached(self):
        self.expect("server/a.cc", "void f() { co_spawn(ex, g(), net::detached); }\n", 1, "detached")


class WholeProgram(unittest.TestCase):
    def run_on(self, text):
        with tempfile.TemporaryDirectory() as root:
            pathlib.Path(root, "a.h").write_text(text)
            return subprocess.run([HOUSE, root], capture_output=True, text=True)

    def test_fails_with_place_rule_and_mend(self):
        done = self.run_on("// What.\n")
        self.assertEqual(done.returncode, 1)
        self.assertIn("a.h:1: [pragma-once] a header needs #pragma once", done.stdout)

    def test_passes_in_silence(self):
        done = self.run_on(HEADER)
        self.assertEqual((done.returncode, done.stdout), (0, ""))


class GoodTree(HouseTest):
    def test_passes(self):
        self.assertEqual(
            findings({
                "domain/base/ids.h": HEADER + "#include <string>\nnamespace duban {\nstruct A {};\n}\n",
                "domain/base/ids.cc": '#include "domain/base/ids.h"\n',
                "server/ops/clock.cc": '#include "domain/base/ids.h"\n',
                "build/bad.h": "using namespace std;\n",
            }),
            set(),
        )


if __name__ == "__main__":
    unittest.main()
