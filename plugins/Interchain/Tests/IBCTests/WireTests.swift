import CometBFT
import CometBFTTesting
import IBC
import SwiftProtobuf
import Testing

@Suite("Protobuf")
struct WireTests {
    @Test("Every kind of value is read back from its bytes")
    func roundTrips() throws {
        for artefact in try Artefact.all() + Artefact.allTexts() {
            #expect(try artefact.read(artefact.bytes) == artefact.bytes, "\(artefact.name)")
        }
    }

    @Test("A packet has the bytes of the wire format, with its timeout height even when there is none")
    func packetBytes() throws {
        let packet = try Artefact.packet(Timeout(nanosecondsSince1970: 7))
        let expected: [UInt8] =
            [0x08, 0xAC, 0x02, 0x12, 0x08] + Array("transfer".utf8) + [0x1A, 0x09] + Array("channel-0".utf8)
            + [0x22, 0x08] + Array("transfer".utf8) + [0x2A, 0x09] + Array("channel-1".utf8)
            + [0x32, 0x02] + Array("{}".utf8) + [0x3A, 0x00, 0x40, 0x07]
        #expect(packet.encoded == expected)
        #expect(try Packet(encoded: expected) == packet)
        #expect(code { _ = try Packet(encoded: expected.filter { $0 != 0x3A && $0 != 0 }) } == .missing)
    }

    @Test("The ends of a channel and of a connection have the bytes of the wire format")
    func endBytes() throws {
        let channel = try Artefact.channelEnd(.initialized, nil)
        #expect(
            channel.encoded == [0x08, 0x01, 0x10, 0x01, 0x1A, 0x0A, 0x0A, 0x08] + Array("transfer".utf8)
                + [0x22, 0x0C] + Array("connection-2".utf8) + [0x2A, 0x07] + Array("ics20-1".utf8)
        )
        let version: [UInt8] =
            [0x0A, 0x01, 0x31, 0x12, 0x0D] + Array("ORDER_ORDERED".utf8) + [0x12, 0x0F] + Array("ORDER_UNORDERED".utf8)
        #expect(ConnectionVersion.standard.encoded == version)
        let counterparty: [UInt8] =
            [0x0A, 0x0F] + Array("07-tendermint-1".utf8) + [0x1A, 0x05, 0x0A, 0x03] + Array("ibc".utf8)
        let connection = try Artefact.connectionEnd(.initialized, nil)
        #expect(
            connection.encoded
                == [0x0A, 0x0F] + Array("07-tendermint-0".utf8) + [0x12, UInt8(version.count)] + version + [0x18, 0x01]
                + [0x22, UInt8(counterparty.count)] + counterparty
        )
    }

    @Test("Values behind the name of their type are told apart by it")
    func types() throws {
        let state = try ClientFixture.state()
        #expect(TendermintClientState.typeURL == "/ibc.lightclients.tendermint.v1.ClientState")
        #expect(TendermintHeader.typeURL == "/ibc.lightclients.tendermint.v1.Header")
        #expect(try TendermintClientState(typed: state.typed) == state)
        #expect(code { _ = try TendermintConsensusState(typed: state.typed) } == .unknownValue)
        #expect(code { _ = try TendermintClientState(typed: state.encoded) } != nil)
    }

    @Test("Unknown fields, repeated fields, overlong numbers and disorder are refused at every depth")
    func strictness() throws {
        let height = Height(revision: 1, height: 2)
        #expect(height.encoded == [0x08, 0x01, 0x10, 0x02])
        let wrong: [[UInt8]] = [
            [0x10, 0x02, 0x08, 0x01], [0x08, 0x01, 0x08, 0x01], [0x08, 0x81, 0x00, 0x10, 0x02], [0x08, 0x00],
            [0x08, 0x01, 0x18, 0x01], [0x08, 0x01, 0x10, 0x02, 0x1A, 0x00],
        ]
        for bytes in wrong {
            #expect(code { _ = try Height(encoded: bytes) } == .notCanonical, "\(bytes)")
        }
        #expect(code { _ = try Height(encoded: [0x08]) } == .malformed)
        #expect(code { _ = try Height(encoded: [UInt8](repeating: 0x08, count: 23)) } == .tooLarge)
        // An unknown field within the timeout height of a packet.
        let packet = try Artefact.packet(Timeout(nanosecondsSince1970: 7)).encoded
        let nested = packet.dropLast(4) + [0x3A, 0x02, 0x18, 0x01, 0x40, 0x07]
        #expect(code { _ = try Packet(encoded: Array(nested)) } == .notCanonical)
    }

    @Test("Every cut and every flipped bit of every kind is refused, or is another value")
    func mutations() throws {
        for artefact in try Artefact.all() where artefact.bytes.count < 2000 {
            for count in artefact.bytes.indices {
                let cut = Array(artefact.bytes[..<count])
                if let read = try? artefact.read(cut) { #expect(read == cut, "\(artefact.name)") }
            }
            for position in artefact.bytes.indices {
                var spoilt = artefact.bytes
                spoilt[position] ^= 1 << UInt8(position % 8)
                if let read = try? artefact.read(spoilt) { #expect(read == spoilt, "\(artefact.name)") }
            }
        }
    }

    @Test("A client state of other numbers than ICS-07 allows is refused")
    func clientStates() throws {
        let good = try ClientFixture.state().protobuf
        func refused(_ change: (inout TendermintClientState.Protobuf) -> Void) -> IBCError.Code? {
            var message = good
            change(&message)
            return code { _ = try TendermintClientState(protobuf: message) }
        }
        #expect(refused { _ in } == nil)
        #expect(
            refused {
                $0.trustLevel.numerator = 1; $0.trustLevel.denominator = 4
            } == .outOfRange
        )
        #expect(refused { $0.trustLevel.denominator = 0 } == .outOfRange)
        #expect(refused { $0.trustingPeriod.nanos = -1 } == .outOfRange)
        #expect(refused { $0.trustingPeriod.seconds = 0 } == .outOfRange)
        #expect(refused { $0.trustingPeriod.seconds = .max } == .outOfRange)
        #expect(refused { $0.unbondingPeriod.seconds = .min } == .outOfRange)
        #expect(refused { $0.frozenHeight.revisionHeight = 2 } == .unknownValue)
        #expect(refused { $0.frozenHeight.revisionHeight = 1 } == nil)
        #expect(refused { $0.latestHeight.revisionNumber = 5 } == .inconsistent)
        #expect(refused { $0.proofSpecs = [] } == .missing)
        #expect(
            refused { $0.proofSpecs += [$0.proofSpecs, $0.proofSpecs, $0.proofSpecs, $0.proofSpecs].joined() }
                == .tooLarge
        )
        #expect(refused { $0.clearTrustLevel() } == .missing)
        #expect(refused { $0.clearLatestHeight() } == .missing)
        #expect(refused { $0.clearFrozenHeight() } == .missing)
    }
}
