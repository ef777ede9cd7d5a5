import Foundation
import IBC
import StrictJSON
import Testing

@Suite("Commitments of packets")
struct CommitmentTests {
    private func packet(_ vector: JSONValue) throws -> Packet {
        func number(_ name: String) throws -> UInt64 { try #require(UInt64(vector[name].string)) }
        return try Packet(
            sequence: 1,
            source: ChannelEndID(port: .transfer, channel: ChannelID(number: 0)),
            destination: ChannelEndID(port: .transfer, channel: ChannelID(number: 1)),
            data: Array(vector["data"].string.utf8),
            timeout: Timeout(
                height: Height(revision: number("revision"), height: number("height")),
                nanosecondsSince1970: number("timestamp")
            )
        )
    }

    @Test("Packets have the published commitments")
    func packets() throws {
        let vectors = try Vectors.value("commitments.json")["packets"].elements
        #expect(vectors.count == 3)
        for vector in vectors {
            #expect(try hex(packet(vector).commitment) == vector["commitment"].string)
        }
    }

    @Test("Acknowledgements have the published commitments")
    func acknowledgements() throws {
        let vectors = try Vectors.value("commitments.json")["acknowledgements"].elements
        #expect(vectors.count == 2)
        for vector in vectors {
            let bytes = try #require(Data(base64Encoded: vector["base64"].string))
            #expect(hex(Acknowledgement.commitment(of: [UInt8](bytes))) == vector["commitment"].string)
        }
    }

    @Test("The commitment changes with the data and with each part of the timeout, but not with the ends")
    func coverage() throws {
        func commitment(_ data: [UInt8] = [1], _ time: UInt64 = 1, _ revision: UInt64 = 1, _ height: UInt64 = 1) throws
            -> [UInt8]
        {
            try Packet(
                sequence: 1,
                source: ChannelEndID(port: .transfer, channel: ChannelID(number: 0)),
                destination: ChannelEndID(port: .transfer, channel: ChannelID(number: 1)),
                data: data,
                timeout: Timeout(height: Height(revision: revision, height: height), nanosecondsSince1970: time)
            ).commitment
        }
        let all = try [
            commitment(), commitment([2]), commitment([1], 2), commitment([1], 1, 2), commitment([1], 1, 1, 2),
        ]
        #expect(Set(all).count == all.count)
        #expect(Packet.receipt == [1])
    }

    @Test("A packet needs a sequence, data, and not too much of it")
    func bounds() throws {
        let end = ChannelEndID(port: .transfer, channel: ChannelID(number: 0))
        func make(_ sequence: UInt64, _ count: Int) throws {
            _ = try Packet(
                sequence: sequence,
                source: end,
                destination: end,
                data: [UInt8](repeating: 1, count: count),
                timeout: Timeout(nanosecondsSince1970: 1)
            )
        }
        #expect(code { try make(0, 1) } == .outOfRange)
        #expect(code { try make(1, 0) } == .missing)
        #expect(code { try make(1, Packet.maximumDataByteCount + 1) } == .tooLarge)
        #expect(code { try make(1, Packet.maximumDataByteCount) } == nil)
    }
}
