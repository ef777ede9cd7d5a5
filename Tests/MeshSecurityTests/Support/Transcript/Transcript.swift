import Foundation

/// One scenario of the reference contracts: what was done, and what came of each step.
struct Transcript: Decodable {
    let scenario: String
    let provider: Provider
    let consumer: Consumer
    /// How many consumers there are, all alike. States are those of the first.
    let consumers: Int
    let steps: [Step]

    struct Provider: Decodable {
        let denom: String
        let validators: [String]
        let localSlash: String
    }

    struct Consumer: Decodable {
        let denom: String
        let price: String
        let discount: String
        /// Nil before anything is authorised.
        let maxCap: UInt64?
        let validators: [String]
        let selfBond: UInt64
        let extSlashDoubleSign: String
        /// In seconds.
        let unbondingPeriod: UInt64
    }

    static let scenarios = [
        "simple_cross_stake", "in_flight_ranges", "unstake_and_withdraw", "timeout_rollback", "discount",
        "over_cap_rebalance", "slashable_rounding", "error_ack_rollback", "price_change", "tombstone", "zero_max_cap",
        "zero_amount_stake_blocks_epochs", "close_channel", "valset_transitions", "local_staking",
        "rewards_three_delegators", "rewards_error_and_timeout", "rewards_withdrawn_twice_in_flight",
        "rewards_without_stake",
    ]

    init(of scenario: String) throws {
        guard
            let file = Bundle.module.url(
                forResource: scenario,
                withExtension: "json",
                subdirectory: "Reference"
            )
        else { throw CocoaError(.fileNoSuchFile) }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(Transcript.self, from: Data(contentsOf: file))
    }
}
