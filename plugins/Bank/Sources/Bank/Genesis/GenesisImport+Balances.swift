import BankEvents
import ModuleKit

extension GenesisImport {
    /// How many coins one event carries; an account with more gets several.
    private static let coinsPerEventMax = 256

    /// Reads the balances of x/bank (SDK 0.40 and later).
    mutating func readBalances(_ list: JSONField) throws(ModuleError) {
        for field in try list.elements() {
            let address = try field["address"].address(context.addresses, as: .account)
            try addBalance(try field["coins"].coinsIfAny(), of: address, at: field)
            try noteUnknownMembers(of: field, known: ["address", "coins"], at: "app_state.bank.balances[]")
        }
    }

    /// Credits an account with what a document states, once.
    mutating func addBalance(_ coins: Coins, of address: Address, at field: JSONField) throws(ModuleError) {
        guard holders.insert(address).inserted else {
            throw duplicate("there is a balance of", context.addresses.format(address, as: .account), at: field)
        }
        for coin in coins {
            do {
                totals[coin.denom] = try (totals[coin.denom] ?? .zero).adding(coin.amount)
            } catch {
                throw ModuleError(.supplyOverflow, "\(field.path): the balances of \(coin.denom): \(error.message)")
            }
        }
        do {
            var rest = coins.elements[...]
            while !rest.isEmpty {
                try bank.emitBalance(
                    try Coins(canonical: Array(rest.prefix(Self.coinsPerEventMax))),
                    of: address,
                    context
                )
                rest = rest.dropFirst(Self.coinsPerEventMax)
            }
        } catch {
            throw error.adding(context: field.path)
        }
    }

    /// Compares the balances with the supply, where the document states one: in x/bank, or in x/supply before 0.40.
    ///
    /// An empty supply is computed, as the Cosmos SDK does.
    mutating func readSupply(_ state: JSONField) throws(ModuleError) {
        for field in [state["bank"]["supply"], state["supply"]["supply"]] {
            let stated = try field.coinsIfAny()
            guard !stated.isEmpty else { continue }
            guard !holders.isEmpty else {
                report.skip(
                    "app_state.bank.supply",
                    "a supply is stated, but no balance that it could consist of",
                    example: field.path
                )
                continue
            }
            for coin in stated where totals[coin.denom] ?? .zero != coin.amount {
                throw mismatch(coin.denom, stated, at: field)
            }
            for denom in totals.keys.sorted() where stated.amount(of: denom).isZero {
                throw mismatch(denom, stated, at: field)
            }
        }
    }

    private func mismatch(_ denom: Denom, _ stated: Coins, at field: JSONField) -> ModuleError {
        ModuleError(
            .supplyMismatch,
            "\(field.path): the supply of \(denom) is stated as \(stated.amount(of: denom)), and the balances add up to "
                + "\(totals[denom] ?? .zero); complete the balances, or leave the supply empty"
        )
    }
}

extension Bank {
    /// Records coins that an account holds from the genesis on.
    func emitBalance(_ coins: Coins, of address: Address, _ context: Context) throws(ModuleError) {
        try context.emit(
            .with {
                $0.balanceImported = .with {
                    $0.address = context.addresses.format(address, as: .account)
                    $0.coins = coins.proto
                }
            }
        )
    }
}
