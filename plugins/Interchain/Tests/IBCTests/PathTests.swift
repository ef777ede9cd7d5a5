import IBC
import ICS23
import StrictJSON
import Testing

@Suite("Paths of a store")
struct PathTests {
    let end = ChannelEndID(port: .transfer, channel: ChannelID(number: 7))

    @Test("Every published path is taken or refused as ICS-24 says")
    func published() throws {
        let cases = try Vectors.value("identifiers.json")["path"].elements
        #expect(cases.count == 18)
        for vector in cases {
            let path = vector["id"].string
            #expect(((try? StorePath(path)) != nil) == vector["valid"].isTrue, "\(path)")
            if !vector["valid"].isTrue { #expect(code { _ = try StorePath(path) } == .invalidPath) }
        }
    }

    @Test("Packets are kept where ibc-go keeps them")
    func packets() {
        #expect(
            StorePath.packetCommitment(end, sequence: 3).text
                == "commitments/ports/transfer/channels/channel-7/sequences/3"
        )
        #expect(
            StorePath.packetReceipt(end, sequence: 3).text == "receipts/ports/transfer/channels/channel-7/sequences/3"
        )
        #expect(
            StorePath.packetAcknowledgement(end, sequence: 3).text
                == "acks/ports/transfer/channels/channel-7/sequences/3"
        )
        #expect(StorePath.nextSequenceSend(end).text == "nextSequenceSend/ports/transfer/channels/channel-7")
        #expect(StorePath.nextSequenceReceive(end).text == "nextSequenceRecv/ports/transfer/channels/channel-7")
        #expect(StorePath.nextSequenceAcknowledge(end).text == "nextSequenceAck/ports/transfer/channels/channel-7")
    }

    @Test("Clients, connections and channels are kept where ibc-go keeps them")
    func handshakes() {
        let client = ClientID(number: 1)
        #expect(StorePath.clientState(client).text == "clients/07-tendermint-1/clientState")
        #expect(
            StorePath.consensusState(client, at: Height(revision: 4, height: 90)).text
                == "clients/07-tendermint-1/consensusStates/4-90"
        )
        #expect(StorePath.connection(ConnectionID(number: 2)).text == "connections/connection-2")
        #expect(StorePath.channelEnd(end).text == "channelEnds/ports/transfer/channels/channel-7")
    }

    @Test("A path made of identifiers is a valid path, and its key is its text")
    func madePaths() throws {
        for path in [
            StorePath.packetReceipt(end, sequence: .max), .clientState(ClientID(number: .max)), .channelEnd(end),
        ] {
            #expect(try StorePath(path.text) == path)
            #expect(path.key == Array(path.text.utf8))
        }
    }

    @Test("The prefix stands before the path as the key of the outer tree, and is 1 to 128 bytes")
    func prefixes() throws {
        let path = StorePath.connection(ConnectionID(number: 0))
        #expect(CommitmentPrefix.standard.path(to: path) == MerklePath(["ibc", "connections/connection-0"]))
        #expect(code { _ = try CommitmentPrefix([]) } == .outOfRange)
        #expect(code { _ = try CommitmentPrefix([UInt8](repeating: 1, count: 129)) } == .outOfRange)
        #expect(try CommitmentPrefix(Array("ibc".utf8)) == .standard)
    }

    @Test("A stored sequence has eight bytes, the highest first")
    func sequences() throws {
        #expect(StoredSequence.encode(258) == [0, 0, 0, 0, 0, 0, 1, 2])
        #expect(try StoredSequence.decode(StoredSequence.encode(.max)) == .max)
        #expect(code { _ = try StoredSequence.decode([0, 0, 0, 0, 0, 0, 1]) } == .malformed)
        #expect(code { _ = try StoredSequence.decode([]) } == .malformed)
    }
}
