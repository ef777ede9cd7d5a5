import CometBFT
import Foundation
import IBC
import InterchainEvents
import ModuleKit

/// How a client of a reported chain comes to know a header of the observed chain.
///
/// A header above one that the client trusts is verified by signatures, one below by links of hashes. Each message counts on
/// those before it. A long way is gone in several transactions: what one has verified, the next need not bring again.
struct HeaderWay {
    /// How many headers one message links at most.
    private static let linksMax = 100

    let chain: ObservedChain
    let provider: ReportedChain
    let clientID: String
    /// How many bytes of messages one transaction takes.
    let bytesMax: Int

    /// The messages after which the client has verified a header, and knows its hash, or is nearer to it; none when it does.
    ///
    /// - Throws: `notRelayable` when the client knows another header of that height, is frozen, or what lies between is not
    ///   known.
    func steps(to header: Header) throws(SandboxError) -> HeaderSteps {
        let height = try height(header.height)
        let kept = try provider.verified(clientID, at: height)
        if let kept, !kept.hash.isEmpty {
            guard header.hash.bytes.elementsEqual(kept.hash) else {
                throw notRelayable(
                    "has verified another header of height \(header.height): one of the two chains is a fork"
                )
            }
            return HeaderSteps(bytesMax: bytesMax)
        }
        let client = try provider.client(clientID)
        guard !client.isFrozen else {
            throw notRelayable("is frozen, and has not verified the header of height \(header.height)")
        }
        // Without a hash, the header that the client was started from is only found from above.
        if kept == nil, let updates = try updates(client, to: header.height) {
            var steps = HeaderSteps(bytesMax: bytesMax)
            _ = try steps.append(updates)
            return steps
        }
        return try links(client, to: header)
    }

    /// A height that the client trusts at or below one, with the validators behind it, and the messages that it takes.
    ///
    /// - Throws: `notRelayable`.
    func trusted(atOrBelow wanted: Int64) throws(SandboxError) -> (HeaderSteps, Height, ValidatorSet) {
        if let kept = try provider.verified(clientID, at: height(wanted), orBelow: true) {
            let height = Height(protobuf: kept.height)
            let none = HeaderSteps(bytesMax: bytesMax)
            return (none, height, try validators(after: TendermintConsensusState(kept), at: height))
        }
        guard let header = try chain.header(at: wanted) else { throw missing(wanted) }
        let steps = try steps(to: header)
        let state = try SandboxError.relaying("height \(wanted)") { try TendermintConsensusState(header) }
        return (steps, try height(wanted), try validators(after: state, at: try height(wanted)))
    }

    /// The updates that bring the client up to a height, by bisection where too few of the trusted validators signed it;
    /// nil where none do.
    private func updates(_ client: TendermintClientState, to target: Int64) throws(SandboxError) -> [InterchainMessage]?
    {
        guard let start = try provider.verified(clientID, at: height(target - 1), orBelow: true) else { return nil }
        var (trusted, known) = (Height(protobuf: start.height), try TendermintConsensusState(start))
        var (wanted, updates): ([Int64], [InterchainMessage]) = ([target], [])
        let now = try provider.now
        while let next = wanted.last {
            guard let block = try chain.lightBlock(at: next),
                let trustedValidators = try? validators(after: known, at: trusted)
            else { return nil }
            let header = try SandboxError.relaying("the header of height \(next)") {
                try TendermintHeader(block: block, trustedHeight: trusted, trustedValidators: trustedValidators)
            }
            do throws(IBCError) {
                known = try client.verify(header, from: known, now: now)
            } catch {
                let gap = next - Int64(clamping: trusted.height)
                guard error.code == .notEnoughTrust, gap > 1 else { return nil }
                wanted.append(Int64(clamping: trusted.height) + gap / 2)
                continue
            }
            updates.append(
                .with {
                    $0.updateClient.clientID = clientID
                    $0.updateClient.header = Data(header.encoded)
                }
            )
            trusted = header.height
            wanted.removeLast()
        }
        return updates
    }

    /// The links of hashes from the nearest header above that the client knows or can be brought to.
    private func links(_ client: TendermintClientState, to header: Header) throws(SandboxError) -> HeaderSteps {
        var steps = HeaderSteps(bytesMax: bytesMax)
        var known: Int64
        if let above = try nearest(above: header.height, client) {
            known = above
        } else {
            guard let latest = try chain.latestHeight(), latest > header.height,
                let updates = try updates(client, to: latest)
            else {
                throw notRelayable(
                    "can't be brought to height \(header.height): it may have expired, or blocks in between are not known"
                )
            }
            guard try steps.append(updates) else { return steps }
            known = latest
        }
        while known > header.height {
            let (link, lowest) = try link(below: known, downTo: header.height)
            guard try steps.append(link) else { return steps }
            known = lowest
        }
        return steps
    }

    /// A message that links headers below a known one, and the lowest of their heights.
    private func link(below known: Int64, downTo wanted: Int64) throws(SandboxError) -> (InterchainMessage, Int64) {
        var headers: [Data] = []
        var (lowest, byteCount) = (known, 0)
        while lowest > wanted, headers.count < Self.linksMax, byteCount < bytesMax {
            guard let header = try chain.header(at: lowest - 1) else { throw missing(lowest - 1) }
            headers.append(Data(header.encoded))
            byteCount += headers.last?.count ?? 0
            lowest -= 1
        }
        let (height, linked) = (try height(known).protobuf, headers)
        let message = InterchainMessage.with {
            $0.verifyPastHeaders.clientID = clientID
            $0.verifyPastHeaders.knownHeight = height
            $0.verifyPastHeaders.headers = linked
        }
        return (message, lowest)
    }

    /// The lowest height above one that the client has verified.
    ///
    /// - Complexity: O(n) in the heights that it has verified above.
    private func nearest(above height: Int64, _ client: TendermintClientState) throws(SandboxError) -> Int64? {
        var found: Int64?
        var limit = client.latestHeight
        while limit.height > UInt64(clamping: height),
            let kept = try provider.verified(clientID, at: limit, orBelow: true),
            kept.height.revisionHeight > UInt64(clamping: height)
        {
            found = Int64(clamping: kept.height.revisionHeight)
            limit = Height(revision: limit.revision, height: kept.height.revisionHeight - 1)
        }
        return found
    }

    private func validators(after known: TendermintConsensusState, at height: Height) throws(SandboxError)
        -> ValidatorSet
    {
        let next = Int64(clamping: height.height) &+ 1
        guard let validators = try chain.validators(hashing: known.nextValidatorsHash, near: next) else {
            throw notRelayable("trusts validators of height \(next) that are not known: add the answer to /validators")
        }
        return validators
    }

    private func height(_ height: Int64) throws(SandboxError) -> Height {
        try SandboxError.relaying("height \(height)") { try Height(ofBlock: height, chainID: chain.chainID) }
    }

    private func missing(_ height: Int64) -> SandboxError {
        SandboxError(
            .notRelayable,
            "the header of height \(height) is not known, and links lead over it: add the answer to /commit of that height"
        )
    }

    private func notRelayable(_ what: String) -> SandboxError {
        SandboxError(.notRelayable, "the client \(clientID) of \(provider.chainID) \(what)")
    }
}
