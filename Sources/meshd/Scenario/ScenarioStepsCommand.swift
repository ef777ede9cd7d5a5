import ArgumentParser
import MeshSandbox
import ModuleKit

/// `meshd scenario steps`.
struct ScenarioStepsCommand: MeshCommand {
    static let configuration = CommandConfiguration(
        commandName: "steps",
        abstract: "Lists the kinds of steps and expectations, with an example of each.",
        discussion: """
            Example:
              meshd scenario steps
            """
    )

    @OptionGroup var options: OutputOptions

    var global: GlobalOptions { options.global }

    func execute(_ console: Console) throws(CommandError) {
        let vocabulary = ScenarioVocabulary.standard
        let parts: [(title: String, kinds: [ScenarioKind])] = [
            ("steps", vocabulary.steps.map { $0.kind }), ("expectations", vocabulary.expectations.map { $0.kind }),
        ]
        var object = JSONObject()
        for part in parts { object[part.title] = .array(part.kinds.map(\.document)) }
        console.print(
            Report(.object(object)) { style in
                parts.map { style.dim($0.title) + "\n\n" + $0.kinds.map { $0.text(style) }.joined() }.joined()
            }
        )
    }
}

extension ScenarioKind {
    fileprivate var document: JSONValue {
        ["name": .string(name), "about": .string(about), "example": .string(example)]
    }

    fileprivate func text(_ style: Style) -> String {
        let lines = example.split(separator: "\n").map { "    \($0)\n" }.joined()
        return "\(style.bold(name))  \(about)\n\(lines)\n"
    }
}
