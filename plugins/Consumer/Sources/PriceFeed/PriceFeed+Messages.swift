import ModuleKit
import PriceFeedEvents

extension PriceFeed {
    /// Sets the price of a fixed feed. Zero withdraws it.
    ///
    /// - Throws: `wrongPriceFeedKind`, `notPriceAuthority`, `invalidPrice`.
    func handle(_ message: PriceFeedSetPrice, _ context: Context) throws(ModuleError) {
        guard case .fixed = try requireSettings(context).kind else {
            throw ModuleError(.wrongPriceFeedKind, "this feed averages what reporters see: report a price instead")
        }
        let sender = try context.requireSender()
        guard let authority = try context.authority() else {
            throw ModuleError(
                .notPriceAuthority,
                "only the chain's authority sets the price, and this chain has none: have the admin configure it"
            )
        }
        guard sender == authority else {
            let name = context.addresses.format(authority, as: .account)
            throw ModuleError(
                .notPriceAuthority,
                "only the chain's authority, \(name), sets the price: send it from there"
            )
        }
        try set(try Price.read(message.price), context)
    }

    /// Records a price of a fixed feed.
    func set(_ price: Decimal18, _ context: Context) throws(ModuleError) {
        try context.emit(
            .with {
                $0.priceSet.price = price.shortDescription
                $0.priceSet.timeNanoseconds = context.block.time.nanoseconds
            }
        )
    }

    /// Takes what a reporter of an averaging feed sees.
    ///
    /// - Throws: `wrongPriceFeedKind`, `notPriceReporter`, `priceReportedAlready`, `invalidPrice`.
    func handle(_ message: PriceFeedReportPrice, _ context: Context) throws(ModuleError) {
        guard case .average(let average) = try requireSettings(context).kind else {
            throw ModuleError(.wrongPriceFeedKind, "this feed has no reporters: the chain's authority sets the price")
        }
        let sender = try context.requireSender()
        let reporter = context.addresses.format(sender, as: .account)
        guard average.reporters.contains(reporter) else {
            throw ModuleError(.notPriceReporter, "\(reporter) is none of the feed's reporters: have the admin name it")
        }
        let block = context.block
        if let last = try reports.value(for: sender, in: context), last.height == block.height {
            throw ModuleError(
                .priceReportedAlready,
                "\(reporter) has reported a price in block \(block.height): report again in a later block"
            )
        }
        let price = try Price.readAboveZero(message.price)
        try context.emit(
            .with {
                $0.observed.reporter = reporter
                $0.observed.price = price.shortDescription
                $0.observed.height = block.height
                $0.observed.timeNanoseconds = block.time.nanoseconds
            }
        )
    }
}
