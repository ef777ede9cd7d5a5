import ModuleKit

/// On what terms stake is locked, valued and slashed.
extension PairingVerification {
    /// Coins, times and slashes as both ends have them.
    var terms: [PairingPoint] {
        guard let terms = provider.provider else { return [] }
        return [collateral(terms), rewards(terms), rewardsRoute, unbonding(terms), slashing(terms)]
    }

    private func collateral(_ terms: EndReport.Provider) -> PairingPoint {
        PairingPoint(
            "collateral",
            "both ends mean the same collateral",
            troubles: terms.vaultDenom == consumer.end.collateralDenom
                ? []
                : ["the vault keeps \(terms.vaultDenom), and the Converter takes \(consumer.end.collateralDenom)"],
            else: terms.vaultDenom
        )
    }

    /// Stake can be slashed for as long as the consumer can find out.
    private func unbonding(_ terms: EndReport.Provider) -> PairingPoint {
        var troubles: [String] = []
        if terms.unbondingPeriod < consumer.chain.unbondingTime {
            troubles.append(
                "stake is free after \(terms.unbondingPeriod.inWords), and \(consumer.chain.chainID) punishes for "
                    + "\(consumer.chain.unbondingTime.inWords)"
            )
        }
        if terms.vaultPeriod < terms.unbondingPeriod {
            troubles.append(
                "the vault remembers slashes for \(terms.vaultPeriod.inWords), and stake unbonds for \(terms.unbondingPeriod.inWords)"
            )
        }
        return PairingPoint(
            "unbonding",
            "stake unbonds no sooner than the consumer's own",
            troubles: troubles,
            else: "\(terms.unbondingPeriod.inWords), and the consumer's \(consumer.chain.unbondingTime.inWords)"
        )
    }

    private func slashing(_ terms: EndReport.Provider) -> PairingPoint {
        let text =
            "the provider takes \(terms.doubleSignRatio.description.percentage) for a double signature, and nothing for downtime, "
            + "which nobody can prove to it"
        guard !terms.doubleSignRatio.isZero else {
            return PairingPoint(
                "slashing",
                "stake can be slashed as the consumer slashes",
                .no,
                "\(text): nothing is at stake"
            )
        }
        return PairingPoint(
            "slashing",
            "stake can be slashed as the consumer slashes",
            .unknown,
            "\(text); the consumer's end does not name its own, so compare them with its parameters"
        )
    }

    /// A price that counts.
    var price: PairingPoint {
        let title = "the price is there, and fresh"
        guard let found = consumer.consumer, !found.price.isZero else {
            return PairingPoint("price", title, .no, "there is no price yet: nothing is bonded until there is")
        }
        let text = "\(found.price.shortDescription) \(consumer.chain.bondDenom) for 1 \(consumer.end.collateralDenom)"
        let age = found.priceTime.map { " of \($0)" } ?? ""
        return PairingPoint(
            "price",
            title,
            troubles: found.isPriceFresh
                ? [] : ["\(text)\(age) was too old to count at \(consumer.chain.time): have it set again"],
            else: text + age
        )
    }
}
