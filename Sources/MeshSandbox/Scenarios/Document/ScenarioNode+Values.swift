public import ModuleKit

/// Taking a value for what is needed.
extension ScenarioNode {
    /// Takes the value as a text.
    ///
    /// - Parameter title: what is needed, for messages.
    public func text(_ title: String) throws(ScenarioError) -> String {
        guard case .text(let text, _) = content else { throw refusal("\(title) is a text, not \(kind)") }
        return text
    }

    /// Takes the value as a name in a scenario.
    public func name(_ title: String) throws(ScenarioError) -> String {
        let name = try text(title)
        guard name.isScenarioName else {
            throw refusal("the name \(name.shownShort) is not allowed; use 1 to 32 of a to z, 0 to 9, - and _")
        }
        return name
    }

    /// Takes the value as a whole number within bounds.
    public func number<Number: FixedWidthInteger & Sendable>(_ title: String, in bounds: ClosedRange<Number>)
        throws(ScenarioError) -> Number
    {
        let text = try text(title)
        // The parser of integers also takes a sign, which is one more way to write the same number.
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Number(text), bounds.contains(number)
        else {
            throw refusal(
                "\(title) is a whole number from \(bounds.lowerBound) to \(bounds.upperBound), not \(text.shownShort)"
            )
        }
        return number
    }

    /// Takes the value as one of some words.
    public func word(_ title: String, of words: [String]) throws(ScenarioError) -> String {
        let word = try text(title)
        guard words.contains(word) else {
            throw refusal("\(title) is one of \(words.joined(separator: ", ")), not \(word.shownShort)")
        }
        return word
    }

    /// Takes the value as `yes` or `no`.
    public func flag(_ title: String) throws(ScenarioError) -> Bool {
        try word(title, of: ["yes", "no"]) == "yes"
    }

    /// Takes the value as an amount in smallest units, such as `250`; underscores may group digits.
    public func amount(_ title: String) throws(ScenarioError) -> Amount {
        let text = try text(title).replacing("_", with: "")
        return try ScenarioError.reading(place) { try Amount(text) }
    }

    /// Takes the value as a length of time, such as `30s`, `1h30m0s` or `21d`.
    public func timeSpan(_ title: String) throws(ScenarioError) -> TimeSpan {
        let text = try text(title)
        guard text.utf8.contains(where: { !(0x30...0x39).contains($0) }) else {
            throw refusal("\(title) is a length of time with its unit, such as 30s or 1h0m0s, not \(text.shownShort)")
        }
        if text.hasSuffix("d"), let days = UInt16(text.dropLast()), text == "\(days)d" { return .days(days) }
        return try ScenarioError.reading(place) { try TimeSpan(text) }
    }

    /// Takes the value as JSON: members become objects, lists arrays; a plain `true`, `false`, `null` or whole number is
    /// what it looks like, and all other texts are strings.
    public func json() throws(ScenarioError) -> JSONValue {
        switch content {
        case .empty: return .null
        case .text(let text, isQuoted: true): return .string(text)
        case .text("true", _): return .bool(true)
        case .text("false", _): return .bool(false)
        case .text("null", _): return .null
        case .text(let text, _):
            return Int64(text).flatMap { "\($0)" == text ? .number(JSONNumber($0)) : nil } ?? .string(text)
        case .list(let elements):
            return .array(try elements.map { (element) throws(ScenarioError) in try element.json() })
        case .mapping(let members):
            var object = JSONObject()
            for member in members { object[member.name] = try member.value.json() }
            return .object(object)
        }
    }
}
