import ControlChannel
import ModuleKit
import Testing

@Suite("Properties of packets")
struct PacketPropertyTests {
    @Test(
        "What is written is read as the same packet, and written as the same bytes",
        arguments: [1, 2, 3] as [UInt64]
    )
    func roundTrips(seed: UInt64) throws {
        print("packets with seed \(seed)")
        var generator = PacketGenerator(seed: seed)
        for _ in 0..<300 {
            try check(try generator.provider(), seed)
            try check(try generator.consumer(), seed)
        }
    }

    private func check<Packet: ControlPacket>(_ packet: Packet, _ seed: UInt64) throws {
        let bytes = packet.json(version: .newest)
        #expect(try Packet(json: bytes, version: .newest) == packet, "seed \(seed): \(text(bytes))")
        #expect(try Packet.reading(bytes, version: .newest) == .exact, "seed \(seed)")
        // What the reference is told, it can read.
        #expect(
            try Packet.reading(packet.json(version: .reference), version: .reference) == .exact,
            "seed \(seed): \(text(bytes))"
        )
    }

    @Test("A distribution for one validator, which the reference reads and never sends, is written as it reads it")
    func distribute() throws {
        let json = #"{"distribute":{"validator":"v","rewards":{"denom":"ujuno","amount":"0"}}}"#
        let packet = ConsumerPacket.distribute(
            try DistributePacket(validator: "v", rewards: Coin(.zero, try Denom("ujuno")))
        )
        #expect(text(packet.json(version: .reference)) == json)
        #expect(try ConsumerPacket(json: Array(json.utf8), version: .reference) == packet)
    }

    @Test("Rewards have an hour, everything else a day")
    func lifetimes() throws {
        for bytes in try Vectors.provider() {
            let packet = try ProviderPacket(json: bytes, version: .reference)
            let isAboutRewards = if case .transferRewards = packet { true } else { false }
            #expect(packet.standardLifetime == .seconds(isAboutRewards ? 3600 : 86_400))
        }
        for bytes in try Vectors.consumer() {
            let packet = try ConsumerPacket(json: bytes, version: .reference)
            let isAboutRewards =
                switch packet {
                case .distribute, .distributeBatch: true
                case .validatorSetUpdate, .internalUnstake: false
                }
            #expect(packet.standardLifetime == .seconds(isAboutRewards ? 3600 : 86_400))
        }
    }

    @Test("The result of every packet that was taken is an empty object")
    func acknowledgement() {
        #expect(text(ControlAcknowledgement.emptyResult) == "{}")
    }
}
