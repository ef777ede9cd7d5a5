import Testing

@testable import meshd

@Suite("meshd: what is printed")
struct FormattingTests {
    @Test(
        "Digits stand in groups of three",
        arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")]
    )
    func grouping(_ number: Int, _ text: String) {
        #expect(number.grouped == text)
    }

    @Test(
        "Rates are percentages without needless digits",
        arguments: [
            ("0.100000000000000000", "10 %"), ("0.125", "12.5 %"), ("1", "100 %"), ("0", "0 %"), ("0.000100", "0.01 %"),
            ("no rate", "no rate"),
        ]
    )
    func percentages(_ rate: String, _ text: String) {
        #expect(rate.percentage == text)
    }

    @Test("Columns are as wide as their widest cell, and numbers stand to the right")
    func table() {
        var table = Table(.init("name"), .init("tokens", .right), .init("note"))
        table.add("a", "1", "first")
        table.add("longer", "22,222", "x")
        #expect(
            table.text(.plain) == """
                name    tokens  note
                a            1  first
                longer  22,222  x

                """
        )
    }

    @Test("Control characters of the chain's texts do not reach the terminal")
    func controls() {
        #expect(Table.Cell("a\u{1B}[31mb\n").text == "a\u{FFFD}[31mb\u{FFFD}")
        #expect(Table.Cell("a\u{202E}b\u{2028}c\u{2066}").text == "a\u{FFFD}b\u{FFFD}c\u{FFFD}")
        #expect(Table.Cell("👩‍💻 é").text == "👩‍💻 é")
    }

    @Test("Wide characters take two columns, so the next column stands where it does elsewhere")
    func wideCharacters() {
        for (text, width) in [
            ("stake.fish", 10), ("🐠stake.fish", 12), ("鱼池", 4), ("é", 1), ("👩‍💻", 2), ("IØN", 3), ("1", 1),
        ] {
            #expect(text.columnCount == width, "\(text)")
        }
        #expect("🐠".padded(to: 4, .right) == "  🐠")
    }

    @Test("Colours stand around a text, and nowhere without a terminal")
    func paint() {
        #expect(Style(isColoured: true).paint("x", .red) == "\u{1B}[31mx\u{1B}[0m")
        #expect(Style.plain.paint("x", .red) == "x")
    }

    @Test("A progress line shows the part, the count and the speed")
    func progress() {
        let line = ProgressBar.line(
            title: "running",
            unit: "events",
            done: 500,
            total: 1_000,
            count: 2_000,
            elapsed: .seconds(2)
        )
        #expect(line.contains(" 50%"))
        #expect(line.contains("2,000 events, 1,000/s"))
        let open = ProgressBar.line(title: "running", unit: "events", done: 5, total: nil, count: 5, elapsed: .zero)
        #expect(open == "running 5 events, 0/s")
    }

    @Test("Lines of a run are told apart")
    func lines() throws {
        if case .endBlock = try RunLine("{\"end_block\":true}") {} else { Issue.record("no end of a block") }
        if case .advance(let span) = try RunLine("{\"advance\":\"90s\"}") {
            #expect("\(span)" == "90s")
        } else {
            Issue.record("no move of time")
        }
        if case .nothing = try RunLine(" \t\r") {} else { Issue.record("an empty line is something") }
        if case .transaction(let bytes) = try RunLine("{\"tx\":\"AQI=\"}") {
            #expect(bytes == [1, 2])
        } else {
            Issue.record("no transaction")
        }
    }
}
