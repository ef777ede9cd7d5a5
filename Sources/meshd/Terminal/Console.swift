import ModuleKit

/// What a command has to say, in both forms.
struct Report {
    /// For programs: stable names in snake case.
    let json: JSONValue
    /// For people, with a line break at the end.
    let text: (Style) -> String

    init(_ json: JSONValue, text: @escaping (Style) -> String) {
        self.json = json
        self.text = text
    }
}

/// Where a command prints: results to standard output, troubles and progress to standard error.
struct Console {
    let format: OutputFormat
    private let output = Terminal.standardOutput
    private let errors = Terminal.standardError

    init(format: OutputFormat) { self.format = format }

    /// Prints the result of a command, as the one document of its output.
    func print(_ report: Report) {
        switch format {
        case .text: output.write(report.text(Style(isColoured: output.isInteractive)))
        case .json: output.write(report.json.text(.pretty))
        }
    }

    /// Prints one of many results; in JSON, as one line.
    func stream(_ report: Report) {
        switch format {
        case .text: print(report)
        case .json: output.write(report.json.text() + "\n")
        }
    }

    /// Prints a line as it is, in either format.
    func line(_ text: String) { output.write(text + "\n") }

    /// Tells people of something beside the result; programs find it in the result.
    func note(_ text: String, _ paint: Style.Paint = .plain) {
        guard format == .text else { return }
        errors.write(Style(isColoured: errors.isInteractive).paint(text, paint) + "\n")
    }

    /// Tells of the failure that ends the command.
    func report(_ error: CommandError) {
        switch format {
        case .text:
            let title = Style(isColoured: errors.isInteractive).paint("error:", .red)
            errors.write("\(title) \(error.message)\n")
        case .json:
            let document: JSONValue = [
                "error": [
                    "code": .string(error.code.rawValue),
                    "exit_code": .whole(error.code.exitCode),
                    "message": .string(error.message),
                ]
            ]
            errors.write(document.text() + "\n")
        }
    }

    /// A bar for long work, which shows only where somebody looks on.
    func progress(_ title: String, unit: String, total: UInt64?) -> ProgressBar {
        ProgressBar(title: title, unit: unit, total: total, isShown: errors.isInteractive && format == .text)
    }
}

extension JSONValue {
    /// A whole number.
    static func whole(_ value: some FixedWidthInteger) -> JSONValue { .number(JSONNumber(value)) }

    /// A text, or null.
    static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}
