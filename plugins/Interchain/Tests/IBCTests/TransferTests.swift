import CometBFTTesting
import IBC
import StrictJSON
import Testing

@Suite("Tokens of ICS-20")
struct TransferTests {
    private func end(_ text: String) throws -> ChannelEndID {
        let parts = text.split(separator: "/").map(String.init)
        return try ChannelEndID(port: PortID(#require(parts.first)), channel: ChannelID(#require(parts.last)))
    }

    @Test("Published paths are taken apart as ibc-go does, slashes in the base included")
    func paths() throws {
        let vectors = try Vectors.value("transfers.json")["paths"].elements
        #expect(vectors.count == 24)
        for vector in vectors {
            let path = vector["path"].string
            let trace = try DenominationTrace(path: path)
            #expect(trace.hops.map(\.description) == vector["hops"].elements.map(\.string), "\(path)")
            #expect(trace.base == vector["base"].string, "\(path)")
            #expect(trace.path == path)
            #expect(trace.isNative == vector["hops"].elements.isEmpty)
            #expect(try DenominationTrace(hops: trace.hops, base: trace.base) == trace)
        }
    }

    @Test("Paths without a base, or with a port that is none, are refused")
    func refusedPaths() throws {
        let refused = try Vectors.value("transfers.json")["refused"].elements
        #expect(refused.count == 4)
        for path in refused {
            #expect(code { _ = try DenominationTrace(path: path.string) } == .invalidDenomination, "\(path)")
        }
        for path in [" \t", "u atom", "u\u{0}atom", "\u{212A}elvin", "transfer/channel-0/\u{E9}"] {
            #expect(code { _ = try DenominationTrace(path: path) } == .invalidDenomination)
        }
        let long = String(repeating: "transfer/channel-0/", count: 200) + "uatom"
        #expect(code { _ = try DenominationTrace(path: long) } == .invalidDenomination)
    }

    @Test("Vouchers have the published denominations")
    func vouchers() throws {
        let vectors = try Vectors.value("transfers.json")["vouchers"].elements
        #expect(vectors.count == 4)
        for vector in vectors {
            #expect(try DenominationTrace(path: vector["path"].string).denomination == vector["denomination"].string)
        }
    }

    @Test("A token that goes through ends and back again is the same token")
    func thereAndBack() throws {
        let home = try DenominationTrace(path: "gamm/pool/1")
        let there = try home.entering(end("transfer/channel-3"))
        let further = try there.entering(end("transfer/channel-0"))
        #expect(further.path == "transfer/channel-0/transfer/channel-3/gamm/pool/1")
        #expect(try further.cameThrough(end("transfer/channel-0")) && !there.cameThrough(end("transfer/channel-0")))
        #expect(try !home.cameThrough(end("transfer/channel-3")))
        #expect(further.goneBack() == there)
        #expect(there.goneBack() == home)
        #expect(home.goneBack() == home)
        #expect(Set([home.denomination, there.denomination, further.denomination]).count == 3)
    }

    @Test("Whatever path can be read: its hops and base make it again, and what is left after a hop is read the same")
    func anyPath() throws {
        let seed: UInt64 = 0x20_1BC
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let parts = ["transfer", "channel-0", "channel-12", "uatom", "", "x", "channel-", "channel-00", "gamm", "a.b"]
        var read = 0
        for _ in 0..<3000 {
            let count = Int.random(in: 1...7, using: &generator)
            let path = (0..<count).map { _ in parts.randomElement(using: &generator) ?? "" }.joined(separator: "/")
            guard let trace = try? DenominationTrace(path: path) else { continue }
            read += 1
            #expect(trace.path == path)
            #expect(try DenominationTrace(hops: trace.hops, base: trace.base) == trace)
            #expect(try DenominationTrace(path: trace.goneBack().path) == trace.goneBack())
        }
        #expect(read > 1000)
    }

    @Test("No value can be made whose path would be read as another one")
    func ambiguity() throws {
        let hop = try end("transfer/channel-1")
        let named = try end("transfer/channelToA")
        #expect(code { _ = try DenominationTrace(hops: [], base: "transfer/channel-1/uatom") } == .invalidDenomination)
        #expect(code { _ = try DenominationTrace(hops: [named], base: "uatom") } == .invalidDenomination)
        #expect(code { _ = try DenominationTrace(path: "transfer/channel-1").entering(hop) } == .invalidDenomination)
        #expect(code { _ = try DenominationTrace(hops: [hop], base: "") } == .invalidDenomination)
    }

    @Test("The escrow account of an end has the known address, and each end its own")
    func escrow() throws {
        for vector in try Vectors.value("transfers.json")["escrow"].elements {
            #expect(try hex(EscrowAccount.address(of: end(vector["end"].string))) == vector["address"].string)
        }
        let addresses = try (0..<50).map { try EscrowAccount.address(of: end("transfer/channel-\($0)")) }
        #expect(Set(addresses).count == 50)
        #expect(addresses.allSatisfy { $0.count == 20 })
    }
}
