import ModuleKit

/// What a proposal of a Cosmos chain says and does: a content of its own type before SDK 0.46, messages since.
struct ProposalContent {
    private let proposal: JSONField

    init(_ proposal: JSONField) { self.proposal = proposal }

    /// The content of before; where it is wrapped into a type and a value, the value.
    private var content: JSONField? {
        guard let content = proposal["content"].optional ?? proposal["proposal_content"].optional else { return nil }
        return content["value"].optional ?? content
    }

    func title() throws(ModuleError) -> String {
        if let title = proposal["title"].optional { return try title.string() }
        return try text("title")
    }

    func summary() throws(ModuleError) -> String {
        if let summary = proposal["summary"].optional { return try summary.string() }
        return try text("description")
    }

    /// Whether it does nothing but say something.
    func isText() throws(ModuleError) -> Bool {
        if let content = proposal["content"].optional ?? proposal["proposal_content"].optional {
            return try Self.isText(content)
        }
        for message in try proposal["messages"].elementsIfAny() {
            guard let content = message["content"].optional, try Self.isText(content) else { return false }
        }
        return true
    }

    /// A text of the content, or of the first content of before that a message carries on.
    private func text(_ name: String) throws(ModuleError) -> String {
        if let text = content?[name].optional { return try text.string() }
        for message in try proposal["messages"].elementsIfAny() {
            if let text = message["content"][name].optional { return try text.string() }
        }
        return ""
    }

    private static func isText(_ content: JSONField) throws(ModuleError) -> Bool {
        let type = try (content["@type"].optional ?? content["type"]).string()
        return ["/cosmos.gov.v1beta1.TextProposal", "gov/TextProposal", "cosmos-sdk/TextProposal"].contains(type)
    }
}
