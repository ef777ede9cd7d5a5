import ConverterEvents
import ModuleKit

extension Converter {
    /// How much virtual stake each validator should have, at the price of this block; O(validators with a pledge).
    ///
    /// Every price counts for every pledge: a price that moves re-weights all alike.
    func targets(_ state: StateReader) throws(ModuleError) -> ConverterTargets {
        let settings = try requireSettings(state)
        let price = try price.value(in: state) ?? ConverterPrice()
        var targets = ConverterTargets()
        targets.price = price.price.isEmpty ? "0" : price.price
        targets.priceTimeNanoseconds = price.timeNanoseconds
        guard try isInForce(state) else {
            targets.isClosed = try channel.value(in: state) != nil
            return targets
        }
        targets.isPriceFresh = price.isFresh
        let conversion = try conversion(state)
        try pledged.forEach(in: state) { (validator, pledge) throws(ModuleError) in
            let amount = try conversion.native(pledge)
            guard !amount.isZero else { return true }
            let name = try validator.text(prefix: settings.operatorPrefix)
            targets.targets.append(
                .with {
                    $0.validator = name
                    $0.amount = amount.description
                }
            )
            return true
        }
        return targets
    }
}
