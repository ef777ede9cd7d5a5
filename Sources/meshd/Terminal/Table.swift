/// Rows under headings, in columns as wide as their widest cell.
struct Table: Sendable {
    /// On which side a column's cells stand.
    enum Alignment: Sendable {
        case left
        case right
    }

    /// One column.
    struct Column: Sendable {
        let title: String
        let alignment: Alignment

        init(_ title: String, _ alignment: Alignment = .left) {
            self.title = title
            self.alignment = alignment
        }
    }

    /// One cell; control characters in it are not let through.
    struct Cell: Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
        let text: String
        let paint: Style.Paint

        init(_ text: String, _ paint: Style.Paint = .plain) {
            self.text = text.printable
            self.paint = paint
        }

        init(stringLiteral text: String) { self.init(text) }
    }

    let columns: [Column]
    var rows: [[Cell]] = []

    init(_ columns: Column...) { self.columns = columns }

    mutating func add(_ cells: Cell...) { rows.append(cells) }

    /// The table as lines, each with its line break.
    func text(_ style: Style) -> String {
        let widths = columns.enumerated().map { index, column in
            rows.reduce(column.title.columnCount) { max($0, index < $1.count ? $1[index].text.columnCount : 0) }
        }
        let titles = columns.map { Cell($0.title, .dim) }
        return ([titles] + rows).map { line($0, widths, style) }.joined()
    }

    private func line(_ cells: [Cell], _ widths: [Int], _ style: Style) -> String {
        var parts: [String] = []
        for (index, (column, width)) in zip(columns, widths).enumerated() {
            let cell = index < cells.count ? cells[index] : ""
            let isLast = index == columns.count - 1
            let text = isLast && column.alignment == .left ? cell.text : cell.text.padded(to: width, column.alignment)
            parts.append(style.paint(text, cell.paint))
        }
        return parts.joined(separator: "  ") + "\n"
    }
}

/// Named values, one a line, the values in one column.
struct Facts: Sendable {
    private var lines: [(name: String, value: Table.Cell)] = []

    init(_ lines: (String, Table.Cell)...) { self.lines = lines.map { (name: $0.0, value: $0.1) } }

    mutating func add(_ name: String, _ value: Table.Cell) { lines.append((name, value)) }

    /// The facts as lines, each with its line break.
    func text(_ style: Style) -> String {
        let width = lines.map(\.name.columnCount).max() ?? 0
        return lines.map { name, value in
            style.dim(name.padded(to: width, .left)) + "  " + style.paint(value.text, value.paint) + "\n"
        }
        .joined()
    }
}
