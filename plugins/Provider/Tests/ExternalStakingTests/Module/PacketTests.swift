import ControlChannel
import Crypto
import ExternalStakingEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import ExternalStaking

@Suite("Packets of the consumer")
struct PacketTests {
    @Test("The validator set is taken in, and told page by page")
    func validators() throws {
        let chain = try StakingChain.ready()
        let first = try chain.harness.query(.with { $0.validators.limit = 3 }).validators
        #expect(first.validators.map(\.validator) == ["v1", "v2", "v3"])
        #expect(first.nextValidator == "v4")
        let rest = try chain.harness.query(.with { $0.validators.startValidator = first.nextValidator }).validators
        #expect(rest.validators.map(\.validator) == ["v4"])
        #expect(rest.nextValidator.isEmpty)
        #expect(try [UInt8](chain.validator("v2").firstKey) == StakingChain.key(2))
        #expect(try chain.validator("v2").state == .active)
    }

    @Test("Packets about validators come to the same in any order")
    func anyOrder() throws {
        let orders = [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 0, 4, 1, 3], [0, 0, 3, 1, 4, 2, 2]]
        var answers: [[ExternalStakingValidator]] = []
        for order in orders {
            let chain = try StakingChain(version: .newest)
            try chain.connect()
            let packets = [
                try chain.additions(), try chain.update(height: 101, jailed: ["v1"]),
                try chain.update(
                    height: 102,
                    additions: [AnnouncedValidator(operatorAddress: "v5", consensusKey: StakingChain.key(1))]
                ),
                try chain.update(height: 103, unjailed: ["v1"], tombstoned: ["v2"]),
                try chain.update(
                    height: 104,
                    additions: [AnnouncedValidator(operatorAddress: "v2", consensusKey: StakingChain.key(9))],
                    removals: ["v3"]
                ),
            ]
            for index in order {
                #expect(try chain.receive(packets[index], sequence: UInt64(index + 1)).isSuccess)
            }
            answers.append(try chain.harness.query(.with { $0.validators = .init() }).validators.validators)
        }
        #expect(answers.allSatisfy { $0 == answers[0] })
        #expect(answers[0].map(\.state) == [.active, .tombstoned, .unbonded, .active, .active])
        #expect(answers[0].map(\.takesStake) == [true, false, false, true, false])
    }

    @Test("A changed key stops new stake until a counted key has signed for it")
    func rotation() throws {
        let chain = try StakingChain.ready()
        let signing = Curve25519.Signing.PrivateKey()
        let (old, new) = ([UInt8](signing.publicKey.rawRepresentation), StakingChain.key(77))
        let named = try AnnouncedValidator(operatorAddress: "v9", consensusKey: old)
        #expect(try chain.receive(chain.update(height: 1, additions: [named])).isSuccess)
        try chain.staked(5, on: "v9")
        let renamed = try AnnouncedValidator(operatorAddress: "v9", consensusKey: new)
        #expect(try chain.receive(chain.update(height: 2, updated: [renamed])).isSuccess)
        try chain.tryStake(5, on: "v9").thenFailed(.validatorKeyNotCounted)
        let statement = KeyRotation.statement(
            chainID: "consumer-1",
            operatorAddress: "v9",
            previousKey: old,
            newKey: new
        )
        for (signature, isValid) in [
            (Array(repeating: 0, count: 64), false), ([UInt8](try signing.signature(for: statement)), true),
        ] {
            let rotated = try AnnouncedValidator(
                operatorAddress: "v9",
                consensusKey: new,
                rotation: KeyRotation(previousKey: old, signature: signature)
            )
            #expect(try chain.receive(chain.update(height: 2, updated: [rotated])).isSuccess)
            #expect(try chain.validator("v9").takesStake == isValid)
        }
        #expect(try chain.validator("v9").countedKeys.map { [UInt8]($0) } == [old, new])
        // Stake is unstaked whatever the keys are.
        _ = try chain.unstake(5, from: "v9")
    }

    @Test("A reference consumer tells no keys: stake is taken, and no key ever counts")
    func reference() throws {
        let chain = try StakingChain.ready(version: .reference)
        try chain.staked(10)
        #expect(try chain.validator("v1").countedKeys.isEmpty)
        #expect(try chain.validator("v1").firstKey.isEmpty)
    }

    @Test("Stake that is handed back unbonds for the whole period, also what is in flight when it lands")
    func handBack() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        let packet = try chain.stake(20)
        let received = try chain.handBack(120)
        #expect(received.isSuccess)
        #expect(received.outcome.emitted.first?.handedBack.pending == "20")
        #expect(try chain.standing() == "0...20 +100")
        try chain.acknowledge(packet)
        #expect(try chain.standing() == "0...0 +120")
        #expect(try chain.lien() == "120...120")
        try chain.nextBlock(after: StakingChain.period)
        #expect(try chain.withdraw() == "120")
    }

    @Test("What can't be handed back is refused, and changes nothing")
    func badHandBacks() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        #expect(try !chain.handBack(10, denom: "ujuno").isSuccess)
        #expect(try !chain.handBack(0).isSuccess)
        #expect(try chain.handBack(10, on: "nowhere").isSuccess)
        let stranger =
            #"{"internal_unstake":{"delegator":"juno1x","validator":"v1","normalize_amount":{"denom":"u","amount":"1"},"#
            + #""inverted_amount":{"denom":"uosmo","amount":"1"}}}"#
        #expect(try chain.receive(Array(stranger.utf8)).acknowledgement.hasPrefix(#"{"error""#))
        #expect(try chain.standing() == "100...100 +0")
    }

    @Test(
        "Packets that mean nothing here get an error acknowledgement",
        arguments: [
            #"{"distribute":{"validator":"v1","rewards":{"denom":"ujuno","amount":"1"}}}"#,
            #"{"distribute_batch":{"rewards":[{"validator":"v1","reward":"1"}],"denom":"ujuno"}}"#,
            #"{"stake":{"delegator":"a","validator":"v1","stake":{"denom":"uosmo","amount":"1"},"tx_id":1}}"#,
            #"{"nonsense":{}}"#, "{}",
            "[]", "", "\u{0}", #"{"valset_update":{}}"#,
        ]
    )
    func meaningless(text: String) throws {
        let chain = try StakingChain.ready()
        let received = try chain.receive(Array(text.utf8))
        #expect(received.acknowledgement.hasPrefix(#"{"error":""#))
        #expect(received.outcome.kinds.isEmpty)
    }

    @Test("Whatever byte of a packet is changed, there is an acknowledgement, and nothing else fails")
    func mutations() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        let packets = [
            try chain.update(height: 7, removals: ["v2"], jailed: ["v3"]).json(version: .newest),
            Array(
                (#"{"internal_unstake":{"delegator":"\#(chain.text(chain.alice))","validator":"v1","#
                    + #""normalize_amount":{"denom":"ujuno","amount":"1"},"inverted_amount":{"denom":"uosmo","amount":"1"}}}"#)
                    .utf8
            ),
        ]
        var random = try SplitMix64.seeded()
        for packet in packets {
            for index in packet.indices {
                var mutated = packet
                mutated[index] ^= UInt8.random(in: 1...255, using: &random)
                let received = try chain.receive(mutated)
                let isRefused = received.acknowledgement.hasPrefix(#"{"error":""#)
                #expect(isRefused || received.isSuccess, "byte \(index)")
                if isRefused { #expect(received.outcome.kinds.isEmpty, "byte \(index)") }
            }
        }
        try chain.nextBlock()
    }
}
