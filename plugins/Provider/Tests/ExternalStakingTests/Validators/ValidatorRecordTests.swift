import ControlChannel
import Crypto
import ModuleKit
import ModuleTesting
import Testing

@testable import ExternalStaking

/// Keys and namings for tests of the registry.
enum Naming {
    static func key(_ number: UInt8) throws -> ConsensusKey { try ConsensusKey(Array(repeating: number, count: 32)) }

    static func naming(_ number: UInt8?, sequence: UInt64, height: UInt64, by vouching: UInt8? = nil) throws
        -> KeyNaming
    {
        KeyNaming(
            key: try number.map(key),
            vouchingKey: try vouching.map(key),
            sequence: sequence,
            height: height
        )
    }
}

@Suite("What is known of a validator")
struct ValidatorRecordTests {
    private func counted(_ namings: [KeyNaming], own: Bool = true) -> [ConsensusKey] {
        var record = ValidatorRecord()
        for naming in namings { record.add(naming) }
        return record.countedKeys { _ in own }
    }

    @Test("The first key is that of the earliest packet, whatever came in first and whatever height it claims")
    func firstKey() throws {
        let early = try Naming.naming(1, sequence: 4, height: 90)
        let late = try Naming.naming(2, sequence: 5, height: 3)
        #expect(counted([early, late]) == [try Naming.key(1)])
        #expect(counted([late, early]) == [try Naming.key(1)])
    }

    @Test("A later key counts only if a counted key has signed for it, over any number of steps")
    func rotations() throws {
        let chain = [
            try Naming.naming(1, sequence: 1, height: 1), try Naming.naming(2, sequence: 2, height: 2),
            try Naming.naming(3, sequence: 3, height: 3, by: 1), try Naming.naming(4, sequence: 4, height: 4, by: 3),
            try Naming.naming(5, sequence: 5, height: 5, by: 2),
        ]
        #expect(counted(chain) == [try Naming.key(1), try Naming.key(3), try Naming.key(4)])
        #expect(counted(chain.reversed()) == counted(chain))
    }

    @Test("A key of another validator never counts, and nothing that it has signed for")
    func foreignKeys() throws {
        let chain = [
            try Naming.naming(1, sequence: 1, height: 1), try Naming.naming(2, sequence: 2, height: 2, by: 1),
        ]
        #expect(counted(chain, own: false).isEmpty)
    }

    @Test("The present key is the one of the highest height; without a counted one there is nothing to rely on")
    func currentKey() throws {
        var record = ValidatorRecord()
        #expect(!record.isCurrentKeyCounted { _ in true })
        record.add(try Naming.naming(1, sequence: 2, height: 5))
        #expect(record.isCurrentKeyCounted { _ in true })
        record.add(try Naming.naming(2, sequence: 3, height: 9))
        #expect(record.current?.key == (try Naming.key(2)))
        #expect(!record.isCurrentKeyCounted { _ in true })
        // The statement may come later, in another packet.
        record.add(try Naming.naming(2, sequence: 4, height: 9, by: 1))
        #expect(record.isCurrentKeyCounted { _ in true })
    }

    @Test("A validator of which no key was told takes stake without one, and no later key ever counts")
    func withoutKeys() throws {
        var record = ValidatorRecord()
        record.add(try Naming.naming(nil, sequence: 1, height: 1))
        #expect(record.isCurrentKeyCounted { _ in true })
        record.add(try Naming.naming(7, sequence: 2, height: 2))
        #expect(record.countedKeys { _ in true }.isEmpty)
        #expect(!record.isCurrentKeyCounted { _ in true })
    }

    @Test("Of what is said for one height the worse holds, a later height changes it, and tombstoned is for good")
    func standing() {
        var record = ValidatorRecord()
        for word in [ValidatorStanding.Word.jailed, .added, .unjailed, .removed] {
            record.add(ValidatorStanding(word: word, height: 10))
        }
        #expect(record.standing?.word == .jailed)
        record.add(ValidatorStanding(word: .unjailed, height: 11))
        #expect(record.standing?.isActive == true)
        record.add(ValidatorStanding(word: .tombstoned, height: 5))
        record.add(ValidatorStanding(word: .added, height: 99))
        #expect(record.standing == ValidatorStanding(word: .tombstoned, height: 5))
    }

    @Test("A record is the same for every order and every repetition of what is said")
    func convergence() throws {
        var random = try SplitMix64.seeded()
        for _ in 0..<200 {
            let namings = try (0..<Int.random(in: 1...30, using: &random)).map { _ in
                try Naming.naming(
                    Bool.random(using: &random) ? UInt8.random(in: 0...5, using: &random) : nil,
                    sequence: UInt64.random(in: 1...9, using: &random),
                    height: UInt64.random(in: 1...9, using: &random),
                    by: Bool.random(using: &random) ? UInt8.random(in: 0...5, using: &random) : nil
                )
            }
            let standings = try (0..<12).map { _ in
                ValidatorStanding(
                    word: try #require(ValidatorStanding.Word.allCases.randomElement(using: &random)),
                    height: UInt64.random(in: 1...4, using: &random)
                )
            }
            let record = { (namings: [KeyNaming], standings: [ValidatorStanding]) in
                var record = ValidatorRecord()
                for naming in namings { record.add(naming) }
                for standing in standings { record.add(standing) }
                return record
            }
            let expected = record(namings, standings)
            #expect(expected.namings.count <= ValidatorRecord.namingsMax)
            for _ in 0..<5 {
                let repeated = namings + namings.shuffled(using: &random).prefix(10)
                #expect(record(repeated.shuffled(using: &random), standings.shuffled(using: &random)) == expected)
            }
            #expect(try ValidatorRecord(expected.stored) == expected)
        }
    }

    @Test("A rotation is valid if the previous key has signed for this chain, this validator and this key")
    func rotationStatements() throws {
        let signing = Curve25519.Signing.PrivateKey()
        let previous = [UInt8](signing.publicKey.rawRepresentation)
        let new = try Naming.key(9).bytes
        let statement = KeyRotation.statement(
            chainID: "consumer-1",
            operatorAddress: "val1",
            previousKey: previous,
            newKey: new
        )
        let signature = [UInt8](try signing.signature(for: statement))
        let rotation = try KeyRotation(previousKey: previous, signature: signature)
        #expect(rotation.isValid(on: "consumer-1", of: "val1", to: new))
        #expect(!rotation.isValid(on: "consumer-2", of: "val1", to: new))
        #expect(!rotation.isValid(on: "consumer-1", of: "val2", to: new))
        #expect(!rotation.isValid(on: "consumer-1", of: "val1", to: try Naming.key(8).bytes))
    }
}
