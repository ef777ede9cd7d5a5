public import ModuleKit
public import PriceFeedEvents

extension PriceFeed {
    /// Projects an event. A report reads at most 32 others and some checkpoints.
    public func apply(_ event: PriceFeedEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .configured(let event):
            let old = try settings.value(in: state)
            try settings.set(event.settings, in: state)
            guard let old, !old.isFixed else { return }
            try restart(at: Timestamp(nanoseconds: event.timeNanoseconds), from: old, event.settings, state)
        case .priceSet(let price): try fixedPrice.set(price, in: state)
        case .observed(let report):
            try reports.set(report, for: try Address(bech32: report.reporter), in: state)
            try advance(to: Timestamp(nanoseconds: report.timeNanoseconds), try requireSettings(state), state)
        case .imported(let found): try take(found, state)
        case nil: throw ModuleError(.inconsistentPriceFeedEvent, "an event says nothing: the log is damaged")
        }
    }

    private func take(_ found: PriceFeedImported, _ state: StateWriter) throws(ModuleError) {
        if found.hasFixedPrice { try fixedPrice.set(found.fixedPrice, in: state) }
        for report in found.reports { try reports.set(report, for: try Address(bech32: report.reporter), in: state) }
        if found.hasSeries { try series.set(found.series, in: state) }
        for checkpoint in found.checkpoints {
            try checkpoints.set(checkpoint, for: checkpoint.timeNanoseconds, in: state)
        }
    }
}
