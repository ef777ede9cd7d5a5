import ModuleKit

/// How the votes on a proposal came out, as some kinds of event say: those with a field `proposal`, and a message in which there is
/// a field `yes`.
enum Tally {
    /// Which proposal of which instance.
    struct Key: Hashable {
        let instance: UInt32
        let proposal: String
    }

    /// The name of the field that holds the figures; nil for a kind that is no tally.
    static func field(of kind: VocabularyDescription.Kind, in description: VocabularyDescription) -> String? {
        guard let message = description.message(named: kind.messageName),
            message.field.contains(where: { $0.name == "proposal" && $0.type != .message && $0.label != .repeated })
        else { return nil }
        return message.field.first { field in
            guard field.type == .message, field.label != .repeated else { return false }
            return description.message(named: field.referredMessage)?.field.contains { $0.name == "yes" } ?? false
        }?.name
    }

    /// The proposal and the figures in an event of such a kind.
    static func read(_ event: NamedFields, figures: String) -> (proposal: String, votes: [GrantOrigin.Vote])? {
        guard let proposal = event["proposal"], let tally = event.messages.first(where: { $0.name == figures }) else {
            return nil
        }
        return (proposal, tally.fields.scalars.map { GrantOrigin.Vote(name: $0.name, weight: $0.value) })
    }
}
