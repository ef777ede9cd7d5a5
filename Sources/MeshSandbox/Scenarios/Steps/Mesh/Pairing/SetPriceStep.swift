import ModuleKit
import PriceFeedEvents

/// `set_price`: what a token of the provider is worth on the consumer.
struct SetPriceStep: ScenarioStep {
    static let kind = ScenarioKind(
        "set_price",
        "Says how many tokens of the consumer one of the provider's is worth, by the consumer's authority unless somebody "
            + "else is named; 0 says that there is no price.",
        example: "- set_price: { over: main, to: 0.6 }"
    )

    private let signing: MessageSigning
    private let pairing: ScenarioPairing
    private let price: Decimal18

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(of: "set_price", allowing: ["over", "to", "by"] + MessageSigning.members)
        pairing = try reader.pairing(try members.required("over"))
        signing = try MessageSigning(try members.decider(on: pairing.consumer, reader), members, &reader)
        price = try members.required("to").decimal("a price")
    }

    var description: String { "\(signing.account) sets the price over \(pairing.name) to \(price)" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        try run.requireSetUp(pairing)
        let message = PriceFeedMessage.with { $0.setPrice.price = price.description }
        try signing.submit([message], to: pairing.specification.priceFeed, in: run)
    }
}
