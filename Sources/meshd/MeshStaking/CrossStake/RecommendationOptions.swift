import ArgumentParser
import MeshHost
import MeshSandbox

/// Which pairings are offered: those that the chain's governance, or the curator whom it named, recommends.
struct RecommendationOptions: ParsableArguments {
    @Flag(name: .long, help: "Take an External Staking that the chain does not recommend as well.")
    var allowUnlisted = false

    /// The label of the External Staking that is meant, among those that are offered.
    ///
    /// - Throws: `badInput` when none is recommended, several are and none is named, or the named one is not.
    func label(_ externalStaking: ExternalStakingOptions, _ chain: ChainView) throws(CommandError) -> String {
        guard !allowUnlisted else { return try externalStaking.label(chain) }
        let all = chain.labels(of: .externalStaking)
        // Where there is nothing at all, the usual error says more.
        guard !all.isEmpty else { return try externalStaking.label(chain) }
        let chainID = chain.host.chainID
        guard let list = try CommandError.wrapping({ try chain.host.recommendedList }) else {
            throw CommandError(
                .badInput,
                "\(chainID) has no recommended list that its authority administers, so nobody vouches for \(all.listed): "
                    + "check the pairing with `meshd pairing verify`, and give --allow-unlisted"
            )
        }
        var offered: [String] = []
        for label in all
        where try CommandError.wrapping({ try chain.host.recommends(label, on: list) }) { offered.append(label) }
        if externalStaking.reference != nil {
            let label = try externalStaking.label(chain)
            guard offered.contains(label) else {
                throw CommandError(
                    .badInput,
                    "\(label) is not on the recommended list of \(chainID), which has \(offered.listed): take one of "
                        + "those, or check the pairing with `meshd pairing verify` and give --allow-unlisted"
                )
            }
            return label
        }
        guard let first = offered.first else {
            throw CommandError(
                .badInput,
                "the recommended list of \(chainID) is empty, and \(all.listed) is not on it: check the pairing with "
                    + "`meshd pairing verify`, and give --allow-unlisted"
            )
        }
        guard offered.count == 1 else {
            throw CommandError(
                .badInput,
                "\(chainID) recommends several: name one with --external-staking, of: \(offered.listed)"
            )
        }
        return first
    }
}

extension [String] {
    /// `a, b`; `nobody` for none.
    fileprivate var listed: String { isEmpty ? "nobody" : joined(separator: ", ") }
}
