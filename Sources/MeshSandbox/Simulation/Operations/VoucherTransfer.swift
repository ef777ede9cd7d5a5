import IBC
import ModuleKit

/// Sends some vouchers on: back where they came from, or further away.
struct VoucherTransfer: SimulationOperation {
    static let name = "voucher transfer"
    let weight: UInt32 = 8

    func perform(in world: SimulationWorld) throws(SandboxError) -> String? {
        guard let end = world.drawEnd(), let account = world.draw(SimulationWorld.accounts),
            let receiver = try world.drawReceiver(beyond: end)
        else { return nil }
        let balances = try world.balances(of: account, on: try world.network.chain(end.chainID))
        let vouchers = balances.filter { $0.denom.text.hasPrefix(DenominationTrace.voucherPrefix) && !$0.amount.isZero }
        guard let voucher = world.draw(vouchers) else { return nil }
        let part = Amount(UInt128(world.draw(1...UInt64(clamping: voucher.amount.units))))
        return try world.transfer(Coin(part, voucher.denom), from: account, through: end, to: receiver)
    }
}
