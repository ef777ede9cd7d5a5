import ControlChannel
import ModuleKit
import Testing

@Suite("Packets that the reference has sent")
struct RecordedPacketTests {
    private func checkRoundTrips<Packet: ControlPacket>(_ texts: [[UInt8]], as _: Packet.Type) throws {
        for bytes in texts {
            let packet = try Packet(json: bytes, version: .reference)
            #expect(packet.json(version: .reference) == bytes, "\(text(bytes))")
        }
    }

    @Test("Every one is read, and written as the same bytes")
    func roundTrips() throws {
        let (provider, consumer) = (try Vectors.provider(), try Vectors.consumer())
        #expect(provider.count == 87 && consumer.count == 33)
        try checkRoundTrips(provider, as: ProviderPacket.self)
        try checkRoundTrips(consumer, as: ConsumerPacket.self)
    }

    @Test("None is taken for one of the other direction")
    func directions() throws {
        for bytes in try Vectors.provider() {
            #expect(code { _ = try ConsumerPacket(json: bytes, version: .newest) } == .unknownControlPacket)
        }
        for bytes in try Vectors.consumer() {
            #expect(code { _ = try ProviderPacket(json: bytes, version: .newest) } == .unknownControlPacket)
        }
    }

    @Test("With one byte changed or removed, each is refused, or is another packet of just those bytes")
    func mutations() throws {
        try mutate(try Vectors.provider(), as: ProviderPacket.self)
        try mutate(try Vectors.consumer(), as: ConsumerPacket.self)
    }

    private func mutate<Packet: ControlPacket>(_ texts: [[UInt8]], as _: Packet.Type) throws {
        var refused = 0
        var read = 0
        for bytes in texts {
            let original = try Packet(json: bytes, version: .reference)
            for index in bytes.indices {
                var changed = bytes
                changed[index] ^= 1 << (index % 8)
                var shortened = bytes
                shortened.remove(at: index)
                for spoilt in [changed, shortened] {
                    switch try Packet.reading(spoilt, version: .reference) {
                    case .refused: refused += 1
                    case .exact:
                        read += 1
                        #expect(try Packet(json: spoilt, version: .reference) != original, "\(text(spoilt))")
                    case .equivalent: Issue.record("one byte less or changed gave another spelling: \(text(spoilt))")
                    }
                }
            }
        }
        #expect(refused > read && read > 0, "\(refused) refused, \(read) read")
    }

    @Test("Cut off anywhere, or with anything behind, each is refused")
    func lengths() throws {
        for bytes in try Vectors.provider() {
            for count in 0..<bytes.count {
                #expect(try ProviderPacket.reading(Array(bytes[..<count]), version: .reference) == .refused)
            }
            for rest in ["x", "{}", ",", "\u{0}", "}"] {
                #expect(try ProviderPacket.reading(bytes + rest.utf8, version: .reference) == .refused)
            }
            #expect(try ProviderPacket.reading(bytes + [0x20, 0x0A], version: .reference) == .equivalent)
        }
    }
}
