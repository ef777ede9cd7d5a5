import CometBFT
import Foundation
import IBC
import InterchainEvents
import ModuleKit

/// How a client of a reported chain comes to know a header of the observed chain.
///
/// A header above one that the client trusts is verified by signatures, one below by links of hashes. The messages belong
/// into one transaction: each counts on those before it.
struct HeaderWay {
    /// How many headers one message links at most.
    private static let linksMax = 100

    let chain: ObservedChain
    let provider: ReportedChain
    let clientID: String

    /// The messages after which the client has verified a header, and knows its hash; none when it does.
    ///
    /// - Throws: `notRelayable` when the client knows another header of that height, is frozen, or what lies between is not
    ///   known.
    func messages(to header: Header) throws(SandboxError) -> [InterchainMessage] {
        let height = try height(header.height)
        let kept = try provider.verified(clientID, at: height)
        if let kept, !kept.hash.isEmpty {
            guard header.hash.bytes.elementsEqual(kept.hash) else {
                throw notRelayable(
                    "has verified another header of height \(header.height): one of the two chains is a fork"
                )
            }
            return []
        }
        let client = try provider.client(clientID)
        guard !client.isFrozen else {
            throw notRelayable("is frozen, and has not verified the header of height \(header.height)")
        }
        // Without a hash, the header that the client was started from is only found from above.
        if kept == nil, let updates = try updates(client, to: header.height) { return updates }
        return try links(client, to: header)
    }

    /// A height that the client trusts at or below one, with the validators behind it, and the messages that it takes.
    ///
    /// - Throws: `notRelayable`.
    func trusted(atOrBelow wanted: Int64) throws(SandboxError) -> ([InterchainMessage], Height, ValidatorSet) {
        if let kept = try provider.verified(clientID, at: height(wanted), orBelow: true) {
            let height = Height(protobuf: kept.height)
            return ([], height, try validators(after: TendermintConsensusState(kept), at: height))
        }
        guard let header = try chain.header(at: wanted) else { throw missing(wanted) }
        let messages = try messages(to: header)
        let state = try SandboxError.relaying("height \(wanted)") { try TendermintConsensusState(header) }
        return (messages, try height(wanted), try validators(after: state, at: try height(wanted)))
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
    private func links(_ client: TendermintClientState, to header: Header) throws(SandboxError) -> [InterchainMessage] {
        var messages: [InterchainMessage] = []
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
            (messages, known) = (updates, latest)
        }
        while known > header.height {
            let lowest = max(header.height, known - Int64(Self.linksMax))
            var headers: [Data] = []
            for height in (lowest..<known).reversed() {
                guard let link = try chain.header(at: height) else { throw missing(height) }
                headers.append(Data(link.encoded))
            }
            let knownHeight = try height(known).protobuf
            messages.append(
                .with {
                    $0.verifyPastHeaders.clientID = clientID
                    $0.verifyPastHeaders.knownHeight = knownHeight
                    $0.verifyPastHeaders.headers = headers
                }
            )
            known = lowest
        }
        return messages
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
