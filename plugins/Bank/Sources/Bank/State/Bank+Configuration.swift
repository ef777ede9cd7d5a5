import BankEvents
public import ModuleKit

extension Bank {
    /// Takes the settings of an instance; only what is named changes.
    ///
    ///     { "default_send_enabled": true,
    ///       "send_enabled": [{ "denom": "uatom", "enabled": false }],     (null instead of a boolean: the default)
    ///       "blocked_addresses": ["cosmos1…"],
    ///       "unblocked_addresses": ["cosmos1…"] }
    ///
    /// - Throws: `invalidArgument` for an unknown setting; codespace `genesis` for a malformed one, with its path.
    public func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        if try params.value(in: context) == nil { try emitParams(try currentParams(context), context) }
        for (name, field) in try JSONField(configuration).members() {
            switch name {
            case "default_send_enabled":
                var params = try currentParams(context)
                params.defaultSendEnabled = try field.bool()
                try emitParams(params, context)
            case "send_enabled":
                for setting in try field.array() {
                    try emitSendEnabled(try setting["denom"].denom(), try setting["enabled"].optional?.bool(), context)
                }
            case "blocked_addresses":
                for address in try field.array() {
                    try emitBlocked(try address.address(context.addresses, as: .account), true, context)
                }
            case "unblocked_addresses":
                for address in try field.array() {
                    try emitBlocked(try address.address(context.addresses, as: .account), false, context)
                }
            default:
                throw ModuleError(
                    .invalidArgument,
                    "the bank has no setting at \(field.path): use default_send_enabled, send_enabled, "
                        + "blocked_addresses or unblocked_addresses"
                )
            }
        }
    }

    func emitParams(_ params: BankParams, _ context: Context) throws(ModuleError) {
        var params = params
        params.bech32Prefix = context.addresses.account
        guard try self.params.value(in: context) != params else { return }
        try context.emit(.with { $0.paramsUpdated.params = params })
    }

    func emitSendEnabled(_ denom: Denom, _ isEnabled: Bool?, _ context: Context) throws(ModuleError) {
        try context.emit(
            .with {
                $0.sendEnabledSet = .with {
                    $0.denom = denom.text
                    if let isEnabled { $0.enabled = isEnabled }
                }
            }
        )
    }

    func emitBlocked(_ address: Address, _ isBlocked: Bool, _ context: Context) throws(ModuleError) {
        try context.emit(
            .with {
                $0.addressBlocked = .with {
                    $0.address = context.addresses.format(address, as: .account)
                    $0.blocked = isBlocked
                }
            }
        )
    }
}
