import CometBFT
import IBC
import StrictJSON
import Testing

@Suite("Heights and timeouts")
struct HeightTests {
    @Test("Every published chain id gives its revision, or none")
    func revisions() throws {
        let cases = try Vectors.value("identifiers.json")["parse_chain_id"].elements
        #expect(cases.count == 15)
        for vector in cases {
            let revision = Height.revision(ofChainID: vector["chain_id"].string)
            #expect((revision != nil) == vector["revision_format"].isTrue, "\(vector)")
            #expect(revision ?? 0 == UInt64(vector["revision"].string), "\(vector)")
        }
        #expect(Height.revision(ofChainID: "") == nil)
        #expect(Height.revision(ofChainID: "chain-0") == nil)
        #expect(Height.revision(ofChainID: "chain-18446744073709551615") == .max)
        #expect(Height.revision(ofChainID: "chain-18446744073709551616") == nil)
        #expect(Height.revision(ofChainID: "chain-+1") == nil)
        #expect(Height.revision(ofChainID: "ché-2") == 2)
    }

    @Test("A later revision is higher than every height of an earlier one")
    func order() {
        let heights = [(0, 0), (0, 5), (1, 0), (1, 1), (1, UInt64.max), (2, 0), (UInt64.max, 0)]
            .map { Height(revision: $0.0, height: $0.1) }
        for (index, height) in heights.enumerated() {
            for (other, second) in heights.enumerated() {
                #expect((height < second) == (index < other))
            }
        }
    }

    @Test("A height is read as it is written, and in no other way")
    func text() throws {
        for height in [Height.zero, Height(revision: 1, height: 42), Height(revision: .max, height: .max)] {
            #expect(try Height(height.description) == height)
        }
        for wrong in [
            "", "1", "1-", "-1", "1-2-3", "01-2", "1-02", "1- 2", "+1-2", "1-18446744073709551616", "a-b", "--",
        ] {
            #expect(code { _ = try Height(wrong) } == .malformed, "\(wrong)")
        }
        #expect(try Height(ofBlock: 5, chainID: "hub-4") == Height(revision: 4, height: 5))
        #expect(try Height(ofBlock: 5, chainID: "hub") == Height(revision: 0, height: 5))
        #expect(code { _ = try Height(ofBlock: 0, chainID: "hub") } == .outOfRange)
        #expect(code { _ = try Height(ofBlock: .min, chainID: "hub") } == .outOfRange)
    }

    @Test("A timeout elapses at its very height, at its very time, and by whichever comes first")
    func elapsing() throws {
        let height = Height(revision: 1, height: 10)
        let time = BlockTime(nanosecondsSince1970: 1_700_000_000_000_000_001)
        let both = try Timeout(height: height, nanosecondsSince1970: 1_700_000_000_000_000_001)
        let before = Height(revision: 1, height: 9)
        let earlier = BlockTime(nanosecondsSince1970: 1_700_000_000_000_000_000)
        #expect(!both.hasElapsed(atHeight: before, time: earlier))
        #expect(both.hasElapsed(atHeight: height, time: earlier))
        #expect(both.hasElapsed(atHeight: before, time: time))
        #expect(both.hasElapsed(atHeight: Height(revision: 2, height: 0), time: earlier))
        #expect(!both.hasElapsed(atHeight: Height(revision: 0, height: .max), time: earlier))
        let byHeight = try Timeout(height: height)
        #expect(!byHeight.hasElapsed(atHeight: before, time: try BlockTime(seconds: 253_402_300_799)))
        let byTime = try Timeout(nanosecondsSince1970: 1_700_000_000_000_000_001)
        #expect(!byTime.hasElapsed(atHeight: Height(revision: .max, height: .max), time: earlier))
    }

    @Test("Times beyond 64 bits of nanoseconds on either side are compared all the same")
    func extremeTimes() throws {
        let late = try Timeout(nanosecondsSince1970: .max)
        #expect(try late.hasElapsed(at: BlockTime(seconds: BlockTime.secondsRange.upperBound)))
        #expect(try !late.hasElapsed(at: BlockTime(seconds: 18_446_744_073)))
        #expect(try late.hasElapsed(at: BlockTime(seconds: 18_446_744_074)))
        #expect(try !Timeout(nanosecondsSince1970: 1).hasElapsed(at: .zero))
    }

    @Test("A packet without any timeout can't be made; zeros stand for none")
    func noTimeout() throws {
        #expect(code { _ = try Timeout() } == .noTimeout)
        #expect(code { _ = try Timeout(height: .zero, nanosecondsSince1970: 0) } == .noTimeout)
        #expect(try Timeout(height: .zero, nanosecondsSince1970: 5) == Timeout(nanosecondsSince1970: 5))
    }
}
