import BankEvents
import ModuleKit
import Testing
import VirtualStakingEvents

@testable import MeshAudit

@Suite("The reader of payloads")
struct PayloadLayoutTests {
    private static func layout(of vocabulary: any EventVocabulary.Type) throws -> PayloadLayout {
        let description = try VocabularyDescription(
            descriptorSet: vocabulary.descriptorSet,
            messageName: vocabulary.protoMessageName
        )
        return try PayloadLayout(description, schemaVersion: vocabulary.schemaVersion)
    }

    private static func samples() throws -> [[UInt8]] {
        let coins = [("umesh", "1"), ("uatom", "340282366920938463463374607431768211455")].map { coin in
            ProtoCoin.with { ($0.denom, $0.amount) = coin }
        }
        return try [
            BankEvent.with {
                $0.minted.toAddress = "mesh1ünïcode"
                $0.minted.amount = coins
                $0.minted.moduleAccount = String(repeating: "m", count: 300)
            },
            .with { $0.transferred = .init() },
            .with { $0.supplyOffsetChanged.denom = "umesh" },
            .with { $0.sendEnabledSet.denom = "umesh" },
        ]
        .map { try $0.encodedBytes() }
    }

    @Test("takes what the vocabulary's own code encodes, and nothing that this code refuses", arguments: [1, 2, 3])
    func agrees(seed: UInt64) throws {
        let layout = try Self.layout(of: BankEvent.self)
        var generator = SplitMix64(seed: seed)
        var (takenCount, refusedCount) = (0, 0)
        for sample in try Self.samples() {
            let kind = try #require(layout.kind(numbered: UInt32(sample[0]) >> 3))
            #expect(sample.withUnsafeBytes { layout.isEvent($0, of: kind) })
            for _ in 0..<2_000 {
                var payload = sample
                for _ in 0...Int.random(in: 0...2, using: &generator) where !payload.isEmpty {
                    let place = Int.random(in: payload.indices, using: &generator)
                    switch Int.random(in: 0..<3, using: &generator) {
                    case 0: payload[place] = UInt8.random(in: 0...255, using: &generator)
                    case 1: payload.remove(at: place)
                    default: payload.insert(UInt8.random(in: 0...255, using: &generator), at: place)
                    }
                }
                guard payload.withUnsafeBytes({ layout.isEvent($0, of: kind) }) else {
                    refusedCount += 1
                    continue
                }
                takenCount += 1
                let event = try? BankEvent(recorded: payload, schemaVersion: 1)
                #expect(event != nil, "seed \(seed): \(payload)")
                #expect(payload.first.map { UInt32($0) >> 3 } == kind.description.number)
            }
        }
        #expect(takenCount > 100 && refusedCount > 1_000, "seed \(seed): \(takenCount) taken, \(refusedCount) refused")
    }

    @Test("knows kinds and privileges as the vocabularies list them")
    func kinds() throws {
        for vocabulary in [BankEvent.self, VirtualStakingEvent.self] as [any EventVocabulary.Type] {
            let layout = try Self.layout(of: vocabulary)
            #expect(layout.kinds.map(\.description.name) == vocabulary.kinds.map(\.name))
            #expect(layout.kinds.map(\.description.privilege) == vocabulary.kinds.map(\.privilege))
            #expect(layout.kind(numbered: 0) == nil && layout.kind(numbered: .max) == nil)
        }
        let staking = try Self.layout(of: VirtualStakingEvent.self)
        #expect(staking.counts(.mintVirtualStake))
        let amounts = staking.kinds.flatMap { kind in
            kind.description.amounts.map { "\($0.isUse ? "+" : "-") \(kind.description.name) \($0.path)" }
        }
        #expect(amounts == ["+ bonded [2, 2]", "- burned [2]", "- stake_lost [2, 2]", "+ stake_imported [2]"])
    }

    @Test("refuses messages that lie in one another without end")
    func nesting() throws {
        let file = Google_Protobuf_FileDescriptorProto.with {
            $0.name = "doll.proto"
            $0.messageType = [
                .with {
                    $0.name = "Doll"
                    $0.field = [
                        .with {
                            ($0.number, $0.name, $0.type) = (1, "doll", .message)
                            ($0.label, $0.typeName) = (.optional, ".Doll")
                        }
                    ]
                }
            ]
        }
        let set = try Google_Protobuf_FileDescriptorSet.with { $0.file = [file] }.encodedBytes()
        let layout = try PayloadLayout(
            try VocabularyDescription(descriptorSet: set, messageName: "Doll"),
            schemaVersion: 1
        )
        let kind = try #require(layout.kind(numbered: 1))
        var payload: [UInt8] = []
        for depth in 0..<200 {
            let count = payload.count
            payload =
                [0x0A] + (count < 128 ? [UInt8(count)] : [UInt8(count & 0x7F) | 0x80, UInt8(count >> 7)]) + payload
            #expect(payload.withUnsafeBytes { layout.isEvent($0, of: kind) } == (depth < 100), "\(depth)")
        }
    }
}
