import ArgumentParser
import MeshHost
import ModuleKit
import TransferEvents

/// `meshd rewards show`.
struct RewardsShow: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows what an account can withdraw; or without one, what validators and pairings have earned.",
        discussion: """
            What an account can withdraw is in whole units. What another chain holds is in that chain's own coin; vouchers \
            are shown by the channels that they came over. An operator sees its commission as well.

            Without an account: for each validator what it and its delegators have not withdrawn, and for each pairing what \
            has become of all rewards. As the provider, this chain has received them for its stakers; as the consumer, its \
            Converter has collected them.

            Example:
              meshd rewards show alice
              meshd rewards show --validator validator
              meshd rewards show alice --external-staking main-external-staking
            """
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The address, or the name of a key. (default: nobody's, but totals)")
    var account: String?

    @Option(name: .long, help: "Only what a validator of this or another chain has earned.")
    var validator: String?

    @Option(name: .long, help: "Only what came by an External Staking, by label or address.")
    var externalStaking: String?

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let references = references(chain)
        let validator = validator.map { chain.rewardedValidator($0, references) }
        let label = try externalStaking.map { (name) throws(CommandError) in
            try chain.label(of: .externalStaking, named: name)
        }
        let paths = try chain.voucherPaths()
        guard let account else {
            return try ChainRewards(chain, validator: validator, externalStaking: label).report(paths)
        }
        let address = try references.accountText(account)
        let rewards = try AccountRewards(address, chain, validator: validator, externalStaking: label)
        return rewards.report(paths)
    }
}

extension ChainView {
    /// How the tokens of other chains came, `transfer/channel-0/uatom`, by denomination.
    fileprivate func voucherPaths() throws(CommandError) -> [String: String] {
        guard instances.contains(where: { $0.module == "transfer" }) else { return [:] }
        return Dictionary(try traces().map { ($0.denomination, $0.path) }, uniquingKeysWith: { first, _ in first })
    }
}
