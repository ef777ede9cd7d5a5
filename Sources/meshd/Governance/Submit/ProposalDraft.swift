import Foundation
import GovernanceEvents
import MeshHost
import ModuleKit

/// A proposal that is still to be submitted.
struct ProposalDraft {
    var title: String
    var summary = ""
    /// What is sent when it passes, in this order.
    var messages: [Request]
    /// The first deposit; nil where none was named.
    var deposit: Coin?
    /// Whether messages to instances may fail as things are now.
    var mayFailNow = false

    init(_ title: String, _ messages: [Request] = []) {
        self.title = title
        self.messages = messages
    }

    /// Reads the form in which files hold proposals, and in which a dry run prints them:
    ///
    ///     {"title": …, "summary": …, "deposit": "10000000umesh", "may_fail_now": false,
    ///      "messages": [{"instance": LABEL OR ADDRESS, "message": {…}}]}
    ///
    /// Only the title has to be there. A message is in protobuf JSON, as in `meshd tx message`.
    ///
    /// - Throws: `badInput`, also for members that are not known.
    init(_ document: JSONValue, _ chain: ChainView) throws(CommandError) {
        let names = ["title", "summary", "deposit", "may_fail_now", "messages"]
        do {
            let root = JSONField(document)
            for (name, field) in try root.members() where !names.contains(name) {
                throw field.invalid("a proposal has no such member; it has \(names.joined(separator: ", "))")
            }
            title = try root["title"].string()
            summary = try root["summary"].optional?.string() ?? ""
            deposit = try root["deposit"].optional.map { try Coin(try $0.string()) }
            mayFailNow = try root["may_fail_now"].optional?.bool() ?? false
            messages = []
            for field in try root["messages"].optional?.array() ?? [] {
                for (name, member) in try field.members() where name != "instance" && name != "message" {
                    throw member.invalid("a message has no such member; it has instance and message")
                }
                let text = try field["message"].required().text()
                messages.append(try chain.proposedMessage(text, to: try field["instance"].string()))
            }
        } catch {
            throw CommandError(error)
        }
    }

    /// The proposal as governance takes it.
    func message() -> GovernanceMessage {
        .with {
            $0.submit.title = title
            $0.submit.summary = summary
            $0.submit.mayFailNow = mayFailNow
            $0.submit.messages = proposalMessages
            if let deposit { $0.submit.initialDeposit = ProtoCoin(deposit) }
        }
    }

    private var proposalMessages: [GovernanceProposalMessage] {
        messages.map { request in
            .with {
                $0.instance = request.instance
                $0.message = Data(request.message)
            }
        }
    }

    /// The proposal in the form of files.
    func document(_ chain: ChainView) -> JSONValue {
        [
            "title": .string(title),
            "summary": .string(summary),
            "deposit": .optional(deposit?.description),
            "may_fail_now": .bool(mayFailNow),
            "messages": .array(
                proposalMessages.map { ["instance": .string($0.instance), "message": chain.shownMessage($0)] }
            ),
        ]
    }

    /// What is proposed, for people.
    func facts(_ chain: ChainView) -> Facts {
        var facts = Facts(("proposal", .init(title, .bold)))
        if !summary.isEmpty { facts.add("summary", .init(summary)) }
        for message in proposalMessages {
            facts.add("message", .init("\(message.instance) \(chain.shownMessage(message).text())"))
        }
        if messages.isEmpty { facts.add("message", .init("none: it is a text", .dim)) }
        if mayFailNow { facts.add("may fail now", .init("yes")) }
        if let deposit { facts.add("deposit", .init(ProtoCoin(deposit).text)) }
        return facts
    }
}
