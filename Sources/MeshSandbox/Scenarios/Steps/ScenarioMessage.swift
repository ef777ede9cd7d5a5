import ModuleKit

/// A message to an instance, written as its module writes it in JSON.
struct ScenarioMessage: Sendable, CustomStringConvertible {
    /// The members that say it.
    static let members = ["to", "message"]

    private let instance: String
    private let json: JSONValue
    private let place: ScenarioPlace

    init(_ members: ScenarioMembers) throws(ScenarioError) {
        instance = try members.required("to").text("an instance")
        let node = try members.required("message")
        json = try node.json()
        place = node.place
    }

    /// The message, encoded for an instance that is there by now.
    func encoded(on chain: SandboxChain) throws(ScenarioError) -> SandboxMessage {
        try ScenarioError.reading(place) { try chain.message(json: json.text(), to: instance) }
    }

    var description: String { "\(json.text()) to \(instance)" }
}
