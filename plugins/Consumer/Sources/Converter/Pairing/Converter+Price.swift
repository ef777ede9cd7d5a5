import ConverterEvents
import ModuleKit
import PriceFeedEvents

/// The price of a block is what the feed says at its beginning. It is noted when it changes, so that answers need
/// nobody else, and the log tells by which price everything was reckoned.
extension Converter {
    /// Asks the price feed, and notes what it says if that is news.
    ///
    /// A feed that does not exist, or can't answer, is as good as one without a price.
    func notePrice(_ context: Context) throws(ModuleError) {
        guard let settings = try settings.value(in: context) else { return }
        let news = try currentPrice(settings, context)
        guard try price.value(in: context) ?? ConverterPrice() != news else { return }
        try context.emit(.with { $0.priceNoted = news })
    }

    private func currentPrice(_ settings: ConverterSettings, _ context: Context) throws(ModuleError) -> ConverterPrice {
        guard let feed = context.instance(named: settings.priceFeed), feed.module == priceFeedModuleName else {
            return ConverterPrice()
        }
        do throws(ModuleError) {
            let said = try context.price(of: feed.number)
            return .with {
                $0.price = said.price.description
                $0.timeNanoseconds = said.time.nanoseconds
                $0.isFresh = said.isFresh && !said.price.isZero
            }
        } catch {
            guard !error.isExhaustion else { throw error }
            return ConverterPrice()
        }
    }

    /// The rule by which pledges become virtual stake, at the price of this block.
    func conversion(_ state: some StateReading) throws(ModuleError) -> Conversion {
        let noted = try price.value(in: state) ?? ConverterPrice()
        return Conversion(
            price: noted.price.isEmpty ? .zero : try Decimal18(noted.price),
            discount: try Decimal18(try requireSettings(state).discount)
        )
    }
}

extension ModuleError {
    /// Whether there is no work or room left, with which nothing can go on.
    var isExhaustion: Bool { code == .outOfWork || code == .limitExceeded }
}
