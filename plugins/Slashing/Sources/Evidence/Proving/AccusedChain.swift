import CometBFT
import EvidenceEvents
import Foundation
import IBC
import InterchainEvents
import ModuleKit

/// The chain of an accused validator, as its client here knows it.
struct AccusedChain {
    let clientID: String
    let chainID: String
    /// In whole seconds.
    let unbondingPeriod: TimeSpan

    /// Looks a client up. It may be expired or frozen: what it has verified, it verified in time, and before it saw
    /// misbehaviour.
    ///
    /// - Throws: `unknownClient`; `evidenceAgainstOwnChain`; `notFound` on a chain without Interchain.
    init(_ clientID: String, _ context: ValidatorEvidence.Context) throws(ModuleError) {
        let query = InterchainQuery.with { $0.client.clientID = clientID }
        let client = try context.ask(query, of: try context.interchainNumber()).client
        guard client.chainID != context.block.chainID else {
            throw ModuleError(
                .evidenceAgainstOwnChain,
                "the client \(clientID) follows \(client.chainID), which is this chain: its own consensus engine reports "
                    + "its validators"
            )
        }
        self.clientID = clientID
        chainID = client.chainID
        let (nanoseconds, overflow) = client.unbondingPeriodSeconds.multipliedReportingOverflow(by: 1_000_000_000)
        unbondingPeriod = overflow ? .max : TimeSpan(nanoseconds: nanoseconds)
    }

    /// Makes sure that a header is the one that the client has verified at a height.
    ///
    /// - Throws: `infractionHeaderUnverified`, `infractionHeaderHashUnknown`, `wrongInfractionHeader`.
    func require(_ header: Header, at height: Int64, _ context: ValidatorEvidence.Context) throws(ModuleError) {
        let kept = try keptHeader(at: height, context)
        guard !kept.hash.isEmpty else {
            throw ModuleError(
                .infractionHeaderHashUnknown,
                "the client \(clientID) was started from height \(height), and knows no hash of its header: let it verify "
                    + "past headers, from a higher one down to this height, and bring the evidence again"
            )
        }
        try context.charge(Work.headerHash)
        guard header.hash.bytes.elementsEqual(kept.hash) else {
            throw ModuleError(
                .wrongInfractionHeader,
                "the header is not the one that the client \(clientID) has verified at height \(height): give the chain's "
                    + "header of the height of the votes"
            )
        }
    }

    private func keptHeader(at height: Int64, _ context: ValidatorEvidence.Context) throws(ModuleError)
        -> InterchainVerifiedHeader
    {
        let height = try ModuleError.wrapping { () throws(IBCError) in try Height(ofBlock: height, chainID: chainID) }
        let query = InterchainQuery.with {
            $0.verifiedHeader.clientID = clientID
            $0.verifiedHeader.height = height.protobuf
        }
        do throws(ModuleError) {
            return try context.ask(query, of: try context.interchainNumber()).verifiedHeader
        } catch {
            guard error.code == .unknownHeight else { throw error }
            throw ModuleError(
                .infractionHeaderUnverified,
                "the client \(clientID) has verified no header of height \(height): update it to that height, or let it "
                    + "verify past headers down to it, before the evidence and in the same transaction"
            )
        }
    }
}

extension ModuleContext {
    /// The number of the chain's Interchain instance.
    fileprivate func interchainNumber() throws(ModuleError) -> UInt32 {
        guard let instance = firstInstance(ofModule: interchainModuleName) else {
            throw ModuleError(.notFound, "this chain has no instance of Interchain, so no client: deploy one")
        }
        return instance.number
    }
}
