import ExternalStakingEvents
import MeshHost
import ModuleKit

extension SlashedValidator {
    /// From the validator to what was destroyed.
    ///
    /// - Parameter owner: the only account that is shown; nil for all.
    func tree(of owner: String?) -> Tree {
        let place = chainID.map { "of \($0) " } ?? ""
        let state = offender.settled ? "everybody has settled" : "not everybody has settled yet"
        var tree = Tree(
            .init(
                "\(offender.validator) \(place)at \(externalStaking): \(offender.taken.groupingDigits) \(denom) taken, \(state)",
                .bold
            )
        )
        tree.branches = infractions.map { $0.tree(denom) }
        if spared.count > 0 {
            let label = "\(spared.count.counting("user")) owed nothing, and left the validator"
            tree.branches.append(Tree(.init(label), spared.trees(denom)))
        }
        for failure in failures {
            tree.branches.append(
                Tree(.init("\(failure.owner) could not be settled with: \(failure.error)", .red))
            )
        }
        if let owner {
            let (due, later) = (liability?.due ?? "0", liability?.dueInFlight ?? "0")
            tree.branches.append(
                Tree(
                    .init(
                        "\(owner) still owes \(due.groupingDigits), and \(later.groupingDigits) if all that is in flight lands",
                        due == "0" && later == "0" ? .dim : .yellow
                    )
                )
            )
        }
        return tree
    }
}

extension SlashInfraction {
    fileprivate func tree(_ denom: String) -> Tree {
        let time = Timestamp(nanoseconds: record.time)
        let title =
            "infraction \(record.number): two signed blocks of height \(record.height.grouped), \(time); "
            + "a fraction of \(record.fraction) is owed"
        let none = payments.count == 0 ? [Tree(.init("nobody has paid", .dim))] : []
        return Tree(.init(title, .red), [proof] + payments.trees(denom) + none)
    }

    private var proof: Tree {
        let hash = Array(record.evidenceHash).hexText
        var tree = Tree(.init("evidence \(hash), brought by \(record.submitter.isEmpty ? "nobody" : record.submitter)"))
        guard let evidence else {
            tree.branches = [Tree(.init("proven before this log began", .dim))]
            return tree
        }
        let transaction = evidence.transactionHash ?? "\(evidence.transaction)"
        tree.branches = [
            Tree(.init("transaction \(transaction) of block \(evidence.height.grouped), by \(evidence.clientID)", .dim))
        ]
        return tree
    }
}

extension SlashPayments {
    /// Those that are shown, and how many more there are.
    fileprivate func trees(_ denom: String) -> [Tree] {
        let more = count - min(count, UInt64(shown.count))
        return shown.map { $0.tree(denom) }
            + (more > 0 ? [Tree(.init("\(more.grouped) more, which --all shows", .dim))] : [])
    }
}

extension SlashPayment {
    fileprivate func tree(_ denom: String) -> Tree {
        var branches: [Tree] = []
        if !vault.isEmpty { branches.append(collateral(denom)) }
        branches += cuts.map { $0.tree }
        branches += burns.map { $0.tree }
        let paint: Style.Paint = amount.isZero ? .plain : .bold
        let what = amount.isZero ? "nothing" : amount.description.groupingDigits
        return Tree(.init("\(owner) pays \(what) (block \(height.grouped))", paint), branches)
    }

    private func collateral(_ denom: String) -> Tree {
        var branches: [Tree] = []
        if !destroyed.isZero { branches.append(Tree(.init("\(destroyed.description.groupingDigits) are destroyed"))) }
        if let bounty {
            var text = "\(bounty.amount.description.groupingDigits) are the bounty of \(bounty.beneficiary)"
            if !bountyForfeited.isZero {
                text += ", who can't be paid: \(bountyForfeited.description.groupingDigits) are destroyed"
            } else {
                text += bountyPaid == bounty.amount ? ": paid" : ": \(bountyPaid.description.groupingDigits) paid"
            }
            branches.append(Tree(.init(text, .green)))
        }
        if !waiting.isZero {
            let text = "\(waiting.description.groupingDigits) wait until a holder of this chain gives them back"
            branches.append(Tree(.init(text, .yellow)))
        }
        if !excess.isZero {
            let text = "\(excess.description.groupingDigits) more of the lien are gone, which could not be slashed"
            branches.append(Tree(.init(text)))
        }
        return Tree(.init("collateral in \(vault): \(lost.description.groupingDigits) \(denom) lost", .red), branches)
    }
}

extension SlashPayment.Cut {
    fileprivate var tree: Tree {
        let places = parts.map { Tree(.init("\($0.amount.description.groupingDigits) at \($0.validator)")) }
        return Tree(
            .init("the lien of \(holder) gives way by \(amount.description.groupingDigits)", .yellow),
            places + burns.map(\.tree)
        )
    }
}

extension SlashPayment.Burn {
    fileprivate var tree: Tree {
        Tree(.init("the other chain forgets \(amount.description.groupingDigits) at \(validator): \(words)", .dim))
    }

    private var words: String {
        switch state {
        case .waiting: "not told yet"
        case .sent: "on its way"
        case .acknowledged: "done"
        case .dropped: "over, as the channel is closed"
        }
    }
}
