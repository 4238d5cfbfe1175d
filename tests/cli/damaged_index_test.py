#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Indexes that are missing, from another version, or damaged: an error that helps, never a crash
and never a wrong answer."""

import json
import random
import shutil

from programs import SampleTest, main, run

HELPFUL = (6, 7)


class Missing(SampleTest):
    def expect_no_index(self, index, status=6):
        for words in (("search", "cookies"), ("show", "brightloaf.example"),
                      ("diff", "brightloaf.example", "2018", "2020"), ("info",), ("check",)):
            answer = self.expect(run(*words, index=index), status)
            self.assertEqual(answer.out, b"")
            self.assertIn("hint: ", answer.message)
            error = run(*words, "--format", "json", index=index).error()
            self.assertEqual(error["code"], {6: "no_index", 7: "damaged"}[status])

    def test_no_folder(self):
        self.expect_no_index(self.folder / "absent")

    def test_an_empty_folder(self):
        self.expect_no_index(self.folder)

    def test_current_names_no_generation(self):
        for content in ("", "gen-\n", "../../etc\n", "gen-000001/../x\n", "\x00\x1b[2J\n"):
            (self.folder / "CURRENT").write_text(content, encoding="utf-8")
            self.expect_no_index(self.folder, status=7)

    def test_current_names_a_generation_that_is_not_there(self):
        (self.folder / "CURRENT").write_text("gen-000042\n", encoding="utf-8")
        answer = run("search", "cookies", index=self.folder)
        self.assertIn(answer.status, HELPFUL)
        self.assertIn("hint: ", answer.message)


class Damaged(SampleTest):
    def setUp(self):
        super().setUp()
        self.copy = self.folder / "copy"
        shutil.copytree(self.index, self.copy)
        name = (self.copy / "CURRENT").read_text(encoding="utf-8").strip()
        self.generation = self.copy / name

    def test_another_format_version(self):
        meta_file = self.generation / "meta.json"
        meta = json.loads(meta_file.read_text(encoding="utf-8"))
        meta["format_version"] = 99
        meta_file.write_text(json.dumps(meta), encoding="utf-8")
        # The version is told before the digests, which another version may make otherwise.
        answer = self.expect(run("search", "cookies", index=self.copy), 6)
        self.assertIn("index format 99", answer.message)
        self.assertIn("hint: ", answer.message)
        error = run("search", "cookies", "--format", "json", index=self.copy).error()
        self.assertEqual(error["code"], "index_version")

    def test_facts_that_were_changed_by_hand(self):
        meta_file = self.generation / "meta.json"
        text = meta_file.read_text(encoding="utf-8")
        meta_file.write_text(text.replace('"snapshots":65', '"snapshots":66'), encoding="utf-8")
        self.assertNotEqual(meta_file.read_text(encoding="utf-8"), text)
        self.expect(run("info", index=self.copy), 7)

    def test_a_file_that_is_missing_or_cut(self):
        for file in sorted(path for path in self.generation.rglob("*") if path.is_file()):
            content = file.read_bytes()
            file.unlink()
            self.expect_helpful(file)
            file.write_bytes(content[:len(content) // 2])
            if content:
                self.expect_helpful(file)
            file.write_bytes(content)
        self.ok("search", "cookies", index=self.copy)

    def expect_helpful(self, file):
        answer = run("search", "cookies", index=self.copy)
        self.assertIn(answer.status, HELPFUL, file)
        self.assertIn("hint: ", answer.message)

    def test_a_flipped_bit_anywhere(self):
        queries = [("search", "cookies", "-n", "1000", "--format", "json"),
                   ("show", "brightloaf.example", "--format", "json"),
                   ("info", "--format", "json")]
        right = [self.without_time(run(*words, index=self.copy)) for words in queries]
        chance = random.Random(5)
        for file in sorted(path for path in self.copy.rglob("*") if path.is_file()):
            content = bytearray(file.read_bytes())
            for place in {0, len(content) - 1, *(chance.randrange(len(content))
                                                 for _ in range(8))} if content else ():
                bit = 1 << chance.randrange(8)
                content[place] ^= bit
                file.write_bytes(content)
                for words, wanted in zip(queries, right):
                    answer = run(*words, index=self.copy)
                    where = f"{file.name} byte {place} bit {bit} {words}"
                    if answer.status == 0:
                        self.assertEqual(self.without_time(answer), wanted, where)
                    else:
                        self.assertIn(answer.status, HELPFUL, where + answer.message)
                content[place] ^= bit
            file.write_bytes(content)

    def test_each_bit_of_current(self):
        """Another generation is an error, and an older one is not followed."""
        older, newer = self.copy / "gen-000001", self.copy / "gen-000002"
        self.ok("index", "--rebuild", self.source("second"), index=self.copy)
        right = self.without_time(self.ok("search", "gadgets", "--format", "json", index=self.copy))
        self.assertTrue(older.exists() and newer.exists())
        current = self.copy / "CURRENT"
        content = current.read_bytes()
        for bit in range(len(content) * 8):
            flipped = bytearray(content)
            flipped[bit // 8] ^= 1 << bit % 8
            current.write_bytes(flipped)
            answer = run("search", "gadgets", "--format", "json", index=self.copy)
            if answer.status == 0:
                self.assertEqual(self.without_time(answer), right, bytes(flipped))
            else:
                self.assertIn(answer.status, HELPFUL, bytes(flipped))
        current.write_text("gen-000001\n", encoding="utf-8")
        answer = self.ok("search", "gadgets", "--format", "json", index=self.copy)
        self.assertEqual(self.without_time(answer), right)
        self.assertIn("CURRENT still names gen-000001", self.ok("check", index=self.copy).text)
        current.unlink()
        current.symlink_to("gen-000002/meta.digest")
        self.assertEqual(run("search", "gadgets", index=self.copy).status, 4)

    def test_an_older_generation_in_the_place_of_the_newest(self):
        self.ok("index", "--rebuild", self.source("second"), index=self.copy)
        self.assertEqual((self.copy / "CURRENT").read_text(encoding="utf-8"), "gen-000002\n")
        older, newer = self.copy / "gen-000001", self.copy / "gen-000002"
        self.assertTrue(older.exists())
        shutil.rmtree(newer)
        shutil.copytree(older, newer)
        self.expect(run("search", "cookies", index=self.copy), 7)
        self.expect(run("check", index=self.copy), 7)

    def test_blocks_of_records_that_changed_places(self):
        """Texts of equal size are compressed to blocks of equal size, more often than not."""
        archive = self.folder / "twins"
        archive.mkdir()
        for name in "abcdef":
            (archive / f"{name}.example.md").write_text(f"# Terms\n\nWe sell {name * 9} to {name * 7}.\n",
                                                        encoding="utf-8")
        index = self.folder / "twins.idx"
        self.ok("index", archive, index=index)
        file = index / "gen-000001" / "records"
        content = file.read_bytes()
        right = self.without_time(self.ok("search", "sell", "--format", "json", index=index))
        frames = [at for at in range(len(content)) if content[at:at + 4] == b"\x28\xb5\x2f\xfd"]
        ends = [*frames[1:], len(content)]
        blocks = list(zip(frames, ends))
        swaps = [(one, two) for one in blocks for two in blocks
                 if one < two and one[1] - one[0] == two[1] - two[0]]
        self.assertTrue(swaps)
        for one, two in swaps:
            swapped = bytearray(content)
            swapped[slice(*one)], swapped[slice(*two)] = content[slice(*two)], content[slice(*one)]
            file.write_bytes(swapped)
            answer = run("search", "sell", "--format", "json", index=index)
            if content != bytes(swapped):
                self.expect(answer, 7)
            else:
                self.assertEqual(self.without_time(answer), right)

    def source(self, name):
        """An archive of one policy that speaks of gadgets."""
        folder = self.folder / name
        folder.mkdir()
        (folder / "gadget.example.md").write_text("# Terms\n\nWe sell gadgets to you.\n", encoding="utf-8")
        return folder

    def test_check_names_every_file_that_is_not_what_was_written(self):
        report = self.ok("check", "--format", "json", index=self.copy).json("check")
        self.assertTrue(report["intact"])
        self.assertGreater(report["records"], 500)
        chance = random.Random(7)
        names = {item["name"] for item in
                 json.loads((self.generation / "meta.json").read_text(encoding="utf-8"))["files"]}
        self.assertIn("xapian/postlist.glass", names)
        for name in sorted(names):
            file = self.generation / name
            content = bytearray(file.read_bytes())
            if not content:
                continue
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            intact = file.read_bytes()
            file.write_bytes(content)
            report = self.expect(run("check", "--format", "json", index=self.copy), 7).json("check")
            self.assertEqual([damage["part"] for damage in report["damaged"]], [name])
            self.assertIn(name, self.expect(run("check", index=self.copy), 7).text)
            file.unlink()
            self.assertIn(name, self.expect(run("check", index=self.copy), 7).text)
            file.write_bytes(intact)
        self.assertIn("Intact", self.ok("check", index=self.copy).text)

    def without_time(self, answer):
        if answer.status != 0:
            return None
        value = json.loads(answer.out)
        value.pop("took_ms", None)
        return value


if __name__ == "__main__":
    main()
