import ControlChannel
import Foundation
import ModuleKit
import Testing

/// Every reader against spoilt texts. `MESH_FUZZ_CASES` sets the number of cases of the suite, `MESH_FUZZ_SEED` the seed.
@Suite("Fuzzing")
struct ControlChannelFuzzTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let cases = max(0, environment["MESH_FUZZ_CASES"].flatMap { Int($0) } ?? 3000)
    private static let seed = environment["MESH_FUZZ_SEED"].flatMap { UInt64($0) } ?? 0xc0_4772_01

    @Test("No spoilt packet of the provider traps its reader, and what is read loses nothing")
    func providerPackets() throws {
        var generator = PacketGenerator(seed: Self.seed)
        let generated = try (0..<50).map { _ in try generator.provider().json(version: .newest) }
        try fuzz(try Vectors.provider() + generated, as: ProviderPacket.self)
    }

    @Test("No spoilt packet of the consumer traps its reader, and what is read loses nothing")
    func consumerPackets() throws {
        var generator = PacketGenerator(seed: Self.seed)
        let generated = try (0..<50).map { _ in try generator.consumer().json(version: .newest) }
        try fuzz(try Vectors.consumer() + generated, as: ConsumerPacket.self)
    }

    @Test("No spoilt version text traps its reader")
    func versions() throws {
        let pool = [ControlVersion.newest, .reference].map { Array($0.json.utf8) }
        var mutator = Mutator(seed: Self.seed)
        for number in 0..<(Self.cases / 3) {
            let bytes = mutator.mutate(pool[number % pool.count], others: pool)
            do throws(ModuleError) {
                let version = try ControlVersion(json: text(bytes))
                #expect(try ControlVersion(json: version.json) == version, "seed \(Self.seed), case \(number)")
            } catch {
                #expect(error.codespace == "control", "seed \(Self.seed), case \(number): \(error)")
            }
        }
    }

    private func fuzz<Packet: ControlPacket>(_ pool: [[UInt8]], as _: Packet.Type) throws {
        let cases = Self.cases / 3
        print("fuzzing \(cases) cases with MESH_FUZZ_SEED=\(Self.seed)")
        var mutator = Mutator(seed: Self.seed)
        var refused = 0
        for number in 0..<cases {
            let bytes = mutator.mutate(pool[number % pool.count], others: pool)
            let version = number % 2 == 0 ? ControlVersion.newest : .reference
            if try Packet.reading(bytes, version: version) == .refused { refused += 1 }
        }
        #expect(cases < 100 || (refused > cases / 2 && refused < cases), "\(refused) of \(cases) were refused")
    }
}
