import ModuleKit

/// The parts of a report in which the two sides differ, as a file.
extension EndReport.End {
    var document: JSONValue {
        [
            "label": .string(label), "port_id": .string(port),
            "remote_connection_id": .string(remoteConnection), "remote_port_id": .string(remotePort),
            "minimum_version": .string(minimumVersion), "maximum_version": .string(maximumVersion),
            "collateral_denom": .string(collateralDenom),
        ]
    }

    init(_ field: JSONField) throws(ModuleError) {
        try field.requireMembers([
            "label", "port_id", "remote_connection_id", "remote_port_id", "minimum_version", "maximum_version",
            "collateral_denom",
        ])
        label = try field["label"].string()
        port = try field["port_id"].string()
        remoteConnection = try field["remote_connection_id"].string()
        remotePort = try field["remote_port_id"].string()
        minimumVersion = try field["minimum_version"].string()
        maximumVersion = try field["maximum_version"].string()
        collateralDenom = try field["collateral_denom"].string()
    }
}

extension EndReport.Provider {
    var document: JSONValue {
        [
            "vault_denom": .string(vaultDenom), "vault_period": .string(vaultPeriod.description),
            "unbonding_period": .string(unbondingPeriod.description),
            "slash_ratio": [
                "double_sign": .string(doubleSignRatio.shortDescription),
                "offline": .string(offlineRatio.shortDescription),
            ],
            "rewards_denom": .string(rewardsDenom),
        ]
    }

    init(_ field: JSONField) throws(ModuleError) {
        try field.requireMembers([
            "vault_denom", "vault_period", "unbonding_period", "slash_ratio", "rewards_denom",
        ])
        try field["slash_ratio"].requireMembers(["double_sign", "offline"])
        vaultDenom = try field["vault_denom"].string()
        vaultPeriod = try field["vault_period"].timeSpan()
        unbondingPeriod = try field["unbonding_period"].timeSpan()
        doubleSignRatio = try field["slash_ratio"]["double_sign"].decimal()
        offlineRatio = try field["slash_ratio"]["offline"].decimal()
        rewardsDenom = try field["rewards_denom"].string()
    }
}

extension EndReport.Consumer {
    var document: JSONValue {
        [
            "paired_converter": .string(pairedConverter),
            "cap": .optional(cap?.description), "total_cap": .optional(totalCap?.description),
            "price": .string(price.shortDescription), "price_time": .optional(priceTime?.description),
            "is_price_fresh": .bool(isPriceFresh),
        ]
    }

    init(_ field: JSONField) throws(ModuleError) {
        try field.requireMembers([
            "paired_converter", "cap", "total_cap", "price", "price_time", "is_price_fresh",
        ])
        pairedConverter = try field["paired_converter"].string()
        cap = try field["cap"].optional?.amount()
        totalCap = try field["total_cap"].optional?.amount()
        price = try field["price"].decimal()
        priceTime = try field["price_time"].optional?.timestamp()
        isPriceFresh = try field["is_price_fresh"].bool()
    }
}
