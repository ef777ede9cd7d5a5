import CometBFT
import IBC
import InterchainEvents
import ModuleKit

extension Interchain {
    /// Verifies headers below a known one by their hashes, and keeps the lowest.
    ///
    /// This needs no signatures, and reaches back beyond the trusting period; so an expired client does it too: what it
    /// has verified, it verified in time. Long ways are gone in several messages.
    func handle(_ request: InterchainVerifyPastHeaders, _ context: Context) throws(ModuleError) {
        let id = try ClientID(reading: request.clientID)
        let client = try client(id, in: context)
        guard !client.isFrozen else {
            throw ModuleError(
                .clientFrozen,
                "the client \(id) is frozen since it saw misbehaviour; its authority may unfreeze it"
            )
        }
        let known = try verifiedHeader(of: id, at: Height(protobuf: request.knownHeight), in: context)
        let lowest = try lowest(of: request.headers.map { Array($0) }, below: known, of: client, context)
        let age = try context.block.time.blockTime.duration(since: lowest.time)
        guard age <= client.unbondingPeriod else {
            throw ModuleError(
                .invalidHeader,
                "the header of height \(lowest.height) is older than the unbonding period \(client.unbondingPeriod): "
                    + "nothing can be done about what happened then"
            )
        }
        let verified = try InterchainVerifiedHeader(lowest)
        let height = Height(protobuf: verified.height)
        if let same = try verifiedHeaders.value(for: Pair(id.text, height), in: context), same == verified { return }
        guard try fits(verified, client, id, context) else {
            try freeze(id, at: height, context)
            return
        }
        try context.emit(
            .with {
                $0.pastHeadersVerified.clientID = id.text
                $0.pastHeadersVerified.knownHeight = request.knownHeight
                $0.pastHeadersVerified.header = verified
            }
        )
    }

    /// Goes from a known header down the links of hashes.
    private func lowest(
        of headers: [[UInt8]],
        below known: InterchainVerifiedHeader,
        of client: TendermintClientState,
        _ context: Context
    ) throws(ModuleError) -> Header {
        var expected = Array(known.lastHeaderHash)
        var lowest: Header?
        for (index, bytes) in headers.enumerated() {
            try context.charge(Work.headerHash)
            let header = try ModuleError.reading("header \(index)") { () throws(CometBFTError) in
                try Header(encoded: bytes)
            }
            guard !expected.isEmpty else {
                throw ModuleError(
                    .invalidHeader,
                    "it is not known which header comes before header \(index): start from a known header that the "
                        + "client was updated to, and end at height 1"
                )
            }
            // The hash covers chain and height too, so they are the ones that the header above goes on from.
            guard header.hash.bytes == expected, header.chainID == client.chainID else {
                throw ModuleError(
                    .invalidHeader,
                    "header \(index), of height \(header.height), is not the one that the header above it goes on "
                        + "from: give each header of the chain, the highest first"
                )
            }
            expected = header.lastBlockID.hash?.bytes ?? []
            lowest = header
        }
        guard let lowest else {
            throw ModuleError(.invalidArgument, "there is no header to verify: give the ones below the known height")
        }
        return lowest
    }
}
