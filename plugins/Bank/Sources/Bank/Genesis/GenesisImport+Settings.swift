import BankEvents
import ModuleKit

extension GenesisImport {
    /// Reads the parameters of x/auth and x/bank, and which denominations can be sent.
    ///
    /// Up to SDK 0.39 `bank.send_enabled` is a boolean, the default. Later the list stands in `params`, then beside it.
    mutating func readParams(_ state: JSONField) throws(ModuleError) {
        let bankParams = state["bank"]["params"]
        var params = try bank.currentParams(context)
        if let field = bankParams["default_send_enabled"].optional { params.defaultSendEnabled = try field.bool() }
        for field in [bankParams["send_enabled"], state["bank"]["send_enabled"]] {
            if case .bool(let isEnabled) = field.value { params.defaultSendEnabled = isEnabled }
        }
        if let auth = state["auth"]["params"].optional { params.auth = try authParams(auth) }
        try bank.emitParams(params, context)
        try noteUnknownMembers(
            of: bankParams,
            known: ["default_send_enabled", "send_enabled"],
            at: "app_state.bank.params"
        )
        var seen: Set<Denom> = []
        for list in [bankParams["send_enabled"], state["bank"]["send_enabled"]] {
            if case .bool = list.value { continue }
            for setting in try list.elements() {
                let denom = try setting["denom"].denom()
                guard seen.insert(denom).inserted else { throw duplicate("send_enabled has", "\(denom)", at: setting) }
                // Protobuf's JSON leaves out what is false.
                let isEnabled = try setting["enabled"].optional?.bool() ?? false
                try bank.emitSendEnabled(denom, isEnabled, context)
                try noteUnknownMembers(of: setting, known: ["denom", "enabled"], at: "app_state.bank.send_enabled[]")
            }
        }
    }

    private mutating func authParams(_ field: JSONField) throws(ModuleError) -> BankAuthParams {
        var params = BankAuthParams()
        params.maxMemoCharacters = try field["max_memo_characters"].integerIfAny()
        params.txSigLimit = try field["tx_sig_limit"].integerIfAny()
        params.txSizeCostPerByte = try field["tx_size_cost_per_byte"].integerIfAny()
        params.sigVerifyCostEd25519 = try field["sig_verify_cost_ed25519"].integerIfAny()
        params.sigVerifyCostSecp256K1 = try field["sig_verify_cost_secp256k1"].integerIfAny()
        report.remark(
            "app_state.auth.params",
            "kept for the export; what a transaction may cost here is the host's to say",
            example: field.path
        )
        try noteUnknownMembers(of: field, known: Self.authParamNames, at: "app_state.auth.params")
        return params
    }

    private static let authParamNames = [
        "max_memo_characters", "tx_sig_limit", "tx_size_cost_per_byte", "sig_verify_cost_ed25519",
        "sig_verify_cost_secp256k1",
    ]

    /// Reads what denominations are called.
    mutating func readMetadata(_ list: JSONField) throws(ModuleError) {
        var seen: Set<Denom> = []
        for field in try list.elements() {
            let base = try field["base"].denom()
            guard seen.insert(base).inserted else { throw duplicate("there is metadata of", "\(base)", at: field) }
            var metadata = BankMetadata()
            metadata.base = base.text
            metadata.description_p = try field["description"].stringIfAny()
            metadata.display = try field["display"].stringIfAny()
            metadata.name = try field["name"].stringIfAny()
            metadata.symbol = try field["symbol"].stringIfAny()
            metadata.uri = try field["uri"].stringIfAny()
            metadata.uriHash = try field["uri_hash"].stringIfAny()
            for unit in try field["denom_units"].elements() { metadata.denomUnits.append(try denomUnit(unit)) }
            try noteUnknownMembers(
                of: field,
                known: ["base", "description", "display", "name", "symbol", "uri", "uri_hash", "denom_units"],
                at: "app_state.bank.denom_metadata[]"
            )
            try context.emit(.with { $0.denomMetadataSet.metadata = metadata })
        }
    }

    private mutating func denomUnit(_ field: JSONField) throws(ModuleError) -> BankDenomUnit {
        var unit = BankDenomUnit()
        unit.denom = try field["denom"].string()
        unit.exponent = try field["exponent"].optional?.integer(as: UInt32.self) ?? 0
        for alias in try field["aliases"].elements() { unit.aliases.append(try alias.string()) }
        try noteUnknownMembers(
            of: field,
            known: ["denom", "exponent", "aliases"],
            at: "app_state.bank.denom_metadata[].denom_units[]"
        )
        return unit
    }

    /// Reads what only this bank writes: offsets of the supply, and barred addresses.
    mutating func readOwnMembers(_ section: JSONField) throws(ModuleError) {
        var denoms: Set<Denom> = []
        for field in try section["supply_offsets"].elements() {
            let denom = try field["denom"].denom()
            guard denoms.insert(denom).inserted else { throw duplicate("there is an offset of", "\(denom)", at: field) }
            let offset: SignedAmount
            do {
                offset = try SignedAmount(try field["offset"].string())
            } catch {
                throw field["offset"].invalid(error.message)
            }
            try bank.emitOffset(denom, offset, by: "", context)
        }
        var addresses: Set<Address> = []
        for field in try section["blocked_addresses"].elements() {
            let address = try field.address(context.addresses, as: .account)
            guard addresses.insert(address).inserted else { throw duplicate("there is", try field.string(), at: field) }
            try bank.emitBlocked(address, true, context)
        }
    }

    /// The error for something that is stated twice.
    func duplicate(_ what: String, _ name: String, at field: JSONField) -> ModuleError {
        ModuleError(.duplicateEntry, "\(field.path): \(what) \(name) twice; remove one")
    }
}
