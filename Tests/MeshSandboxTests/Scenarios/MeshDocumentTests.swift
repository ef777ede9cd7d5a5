import MeshSandbox
import ModuleKit
import Testing

@Suite("Scenarios: reading pairings")
struct MeshDocumentTests {
    /// A text that is refused, with the words that the message has.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let text: String
        let line: Int
        let code: ScenarioError.Code
        let words: [String]

        /// A mistake in the members of a pairing.
        init(pairing: String, _ code: ScenarioError.Code, _ words: String...) {
            let head = "name: a\nchains: { a: { bond: ucoin, accounts: { x: 5ucoin } }, b: { bond: utoken } }\n"
            text = head + "channels:\n  c: { between: [a/transfer, b/transfer] }\npairings:\n  \(pairing)\nsteps: []\n"
            line = 6
            self.code = code
            self.words = words
        }

        /// A mistake in the first step.
        init(step: String, _ code: ScenarioError.Code, _ words: String...) {
            text = MeshScenario.text(step)
            line = MeshScenario.firstLine
            self.code = code
            self.words = words
        }

        var testDescription: String { words.first ?? code.rawValue }
    }

    private static let pairings = [
        Mistake(pairing: "m: { consumer: b }", .missingMember, "a pairing needs the member provider"),
        Mistake(pairing: "m: { provider: a, consumer: c }", .unknownName, "\"c\" is no chain; there is a, b"),
        Mistake(pairing: "m: { provider: a, consumer: a }", .invalidValue, "can't secure itself"),
        Mistake(pairing: "c: { provider: a, consumer: b }", .duplicateName, "c is a channel already"),
        Mistake(pairing: "m: { provider: a, consumer: b, prize: 1 }", .unknownMember, "allowed are provider, consumer"),
        Mistake(pairing: "m: { provider: a, consumer: b, price: dear }", .invalidValue, "dear"),
        Mistake(pairing: "m: { provider: a, consumer: b, discount: 1 }", .invalidValue, "below 1"),
        Mistake(pairing: "m: { provider: a, consumer: b, slash: 1.1 }", .invalidValue, "more than 1"),
        Mistake(pairing: "m: { provider: a, consumer: b, cap: 5ucoin }", .invalidValue, "name an amount of utoken"),
        Mistake(pairing: "m: { provider: a, consumer: b, cap: 5 }", .invalidValue, "250uatom"),
        Mistake(
            pairing: "m: { provider: a, consumer: b, epoch: 0 }",
            .invalidValue,
            "an epoch is a whole number from 1"
        ),
        Mistake(pairing: "m: { provider: a, consumer: b, unbonding: 22d }", .invalidValue, "21d at most"),
        Mistake(pairing: "m: { provider: a, consumer: b, price_age: 3w }", .invalidValue, "3w"),
        Mistake(pairing: "m: { provider: a, consumer: b, collateral: '!' }", .invalidValue, "!"),
        Mistake(pairing: "m: { provider: a, consumer: b, handover: me }", .invalidValue, "nobody, authority"),
        Mistake(pairing: "m: { provider: a, consumer: b, recommend: maybe }", .invalidValue, "yes, no"),
    ]

    private static let steps = [
        Mistake(step: "- pair: mian", .unknownName, "\"mian\" is no pairing; there is main"),
        Mistake(step: "- open: main", .invalidValue, "use the step `pair: main`"),
        Mistake(step: "- deliver: { over: mian, policy: dropped }", .unknownName, "plain, main/control, main/transfer"),
        Mistake(
            step: "- cross_stake: { from: south/bob, amount: 1unor, at: south/validator, over: main }",
            .invalidValue,
            "south/bob is on another chain: name an account of north"
        ),
        Mistake(
            step: "- cross_stake: { from: north/ann, amount: 1unor, at: north/validator, over: main }",
            .invalidValue,
            "name a validator of south"
        ),
        Mistake(
            step: "- cross_unstake: { from: north/ann, amount: 1unor, at: south/bob, over: main }",
            .unknownName,
            "\"bob\" is no validator of south; there is validator, validator-2, validator-3"
        ),
        Mistake(step: "- bond: { from: north/ann }", .missingMember, "bond needs the member amount"),
        Mistake(step: "- withdraw: { from: north/ann, over: plain }", .unknownName, "\"plain\" is no pairing"),
        Mistake(step: "- set_cap: { over: main, to: 5unor }", .invalidValue, "name an amount of usou"),
        Mistake(step: "- set_price: { over: main, to: 1, by: north/ann }", .invalidValue, "such as south/authority"),
        Mistake(step: "- leave: south/bob", .unknownName, "no validator of south"),
        Mistake(
            step: "- transfer: { from: north/ann, to: south/bob, amount: 1unor, over: main/control }",
            .invalidValue,
            "name main/transfer"
        ),
        Mistake(step: "- expect: { vault: north/ann }", .missingMember, "bonded, free, max_lien, slashable"),
        Mistake(
            step: "- expect: { stake: north/ann, at: south/validator, over: main, is: 1, low: 1 }",
            .invalidValue,
            "not both"
        ),
        Mistake(
            step: "- expect: { stake: north/ann, at: south/validator, over: main }",
            .missingMember,
            "low, high, unbonding"
        ),
        Mistake(step: "- expect: { power: south/bob, is: 1 }", .unknownName, "no validator of south"),
        Mistake(step: "- expect: { pairing: main, is: ajar }", .invalidValue, "open, closed, ready, settled"),
        Mistake(step: "- expect: { pairing: main, on: north, is: settled }", .invalidValue, "leave `on` out"),
        Mistake(step: "- expect: { pairing: main, on: north, is: ready }", .invalidValue, "ready as a whole"),
        Mistake(step: "- close_pairing: { over: main }", .missingMember, "close_pairing needs the member by"),
    ]

    @Test("What can't be read is refused with its line and the remedy", arguments: pairings + steps)
    func mistakes(_ mistake: Mistake) {
        let error = #expect(throws: ScenarioError.self) { try Scenario(parsing: mistake.text) }
        #expect(error?.code == mistake.code)
        #expect(error?.place?.line == mistake.line, "\(String(describing: error))")
        for word in mistake.words { #expect(error?.message.contains(word) == true, "\(String(describing: error))") }
    }

    @Test("A pairing has the coins of its chains, its provider a vault, and what is not said its usual value")
    func defaults() throws {
        let scenario = try Scenario(parsing: MeshScenario.text("- settle"))
        let pairing = try #require(scenario.pairings.first)
        #expect(pairing.specification.collateralDenom == "unor")
        #expect(pairing.specification.rewardsDenom == "usou")
        #expect(pairing.specification.cap == 9_000_000)
        #expect(pairing.specification.epochBlocks == 4)
        #expect(pairing.specification.unbondingPeriod == .days(21))
        let labels = scenario.chains.map { $0.specification.instances.map(\.label) }
        #expect(labels == [["vault", "local-staking", "recommended"], []])
    }

    @Test("Every kind of step and expectation has a name of its own, and an example that begins with it")
    func kinds() {
        let vocabulary = ScenarioVocabulary.standard
        let names = (vocabulary.steps.map { $0.kind.name }, vocabulary.expectations.map { $0.kind.name })
        #expect(Set(names.0).count == names.0.count)
        #expect(Set(names.1).count == names.1.count)
        for kind in vocabulary.steps.map({ $0.kind }) {
            #expect(kind.example.hasPrefix("- \(kind.name)"), "\(kind.name)")
        }
        for type in vocabulary.expectations {
            #expect(type.kind.example.contains("{ \(type.kind.name): "), "\(type.kind.name)")
            #expect(type.allowed.first == type.kind.name)
        }
    }
}
