public import ModuleKit

/// How a transaction is expected to fail: with some code, or in any way.
public struct ExpectedFailure: Hashable, Sendable, CustomStringConvertible {
    /// The codespace and the number; nil for any.
    private let code: String?

    /// In any way.
    static let any = ExpectedFailure(code: nil)

    private init(code: String?) { self.code = code }

    /// Reads `any`, or a code such as `bank/5`.
    ///
    /// - Throws: `invalidValue`.
    public init(_ node: ScenarioNode) throws(ScenarioError) {
        let text = try node.text("how it fails")
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard text == "any" || (parts.count == 2 && !parts[0].isEmpty && UInt32(parts[1]) != nil) else {
            throw node.refusal("say how it fails by `any`, or by a code such as bank/5, not \(text.shownShort)")
        }
        code = text == "any" ? nil : text
    }

    /// What is found, against this.
    public func finding(_ error: ModuleError?) -> ScenarioFinding {
        guard let error else { return ScenarioFinding("done", isMet: false) }
        return ScenarioFinding("failed, \(error)", isMet: code == nil || error.code.description == code)
    }

    /// As a table shows it.
    public var description: String { code.map { "fails with \($0)" } ?? "fails" }
}
