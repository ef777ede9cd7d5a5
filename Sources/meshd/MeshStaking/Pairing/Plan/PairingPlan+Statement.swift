import MeshSandbox
import ModuleKit

/// A plan as it is shown.
extension PairingPlan {
    /// A step, who does it, and the commands that do it.
    private struct Entry {
        let step: PairingStep
        let actor: String
        let commands: [String]
    }

    /// The plan in both forms.
    var statement: Report {
        get throws(CommandError) {
            var entries: [Entry] = []
            for step in steps {
                entries.append(Entry(step: step, actor: try actor(of: step), commands: try commands(of: step)))
            }
            let all = entries
            let document: JSONValue = [
                "name": .string(specification.name), "provider": .string(specification.provider),
                "consumer": .string(specification.consumer), "is_complete": .bool(all.isEmpty),
                "steps": .array(
                    all.map { entry in
                        [
                            "step": .string(entry.step.name),
                            "chain_id": .optional(entry.step.side.map { specification.chainID(of: $0) }),
                            "actor": .string(entry.actor), "purpose": .string(purpose(of: entry.step)),
                            "commands": .array(entry.commands.map { .string($0) }),
                        ]
                    }
                ),
            ]
            return Report(document) { text(all, $0) }
        }
    }

    /// What a step is for; the cap stands in its command.
    private func purpose(of step: PairingStep) -> String {
        var specification = specification
        if terms.cap == nil { specification.cap = nil }
        return specification.purpose(of: step)
    }

    private func text(_ entries: [Entry], _ style: Style) -> String {
        let title = "\(specification.name): \(specification.provider) secures \(specification.consumer)"
        guard !entries.isEmpty else {
            return style.bold(title) + "\n" + style.paint("nothing is missing", .green)
                + "; `meshd pairing verify` checks it point by point\n"
        }
        var text = style.bold(title) + "\n"
        for (number, entry) in entries.enumerated() {
            let place = entry.step.side.map { " on \(specification.chainID(of: $0))" } ?? ""
            text += "\n\(number + 1). \(entry.actor)\(place) \(purpose(of: entry.step))\n"
            if entry.step == .openChannel {
                text += "     # anyone may begin; the other steps need proofs, which a relayer brings\n"
            }
            if entry.actor == "governance" {
                text += "     # the first command says the proposal's number; it passes when the voting is over\n"
            }
            for command in entry.commands { text += "     " + command.printable + "\n" }
        }
        return text
    }
}

extension PairingStep {
    /// The step's name for programs.
    fileprivate var name: String {
        switch self {
        case .connect: "connect"
        case .deploy: "deploy"
        case .introduce: "introduce"
        case .openChannel: "open_channel"
        case .handOver: "hand_over"
        case .authorise: "authorise"
        case .recommend: "recommend"
        }
    }
}
