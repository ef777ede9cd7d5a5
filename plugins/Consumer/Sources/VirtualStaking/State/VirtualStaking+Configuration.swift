public import ModuleKit
import VirtualStakingEvents

extension VirtualStaking {
    /// The most blocks that an epoch can have.
    public static let epochBlocksMax: UInt64 = 1_000_000
    /// The blocks of an epoch, where nothing else is said.
    public static let epochBlocksDefault: UInt64 = 100

    /// Takes the settings of an instance, and claims the account that mints.
    ///
    ///     { "converter": "converter-osmosis", "epoch": 100 }
    ///
    /// `converter` is a label or an address; the instance that it leads to has to name this one back before anything is
    /// bonded. `epoch` counts blocks. Instances with epochs of the same length have them in different blocks, by their
    /// numbers. A later configuration changes what it names; the converter only while nothing is bonded and nothing may be.
    ///
    /// - Throws: `virtualStakingSettingNotAllowed`; `invalidArgument` for an unknown setting; codespace `genesis` for a
    ///   malformed one; `noNativeStaking`.
    public func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        let old = try settings.value(in: context)
        var new = old ?? VirtualStakingSettings()
        if old == nil {
            guard let staking = context.firstInstance(ofModule: "staking") else {
                throw ModuleError(.noNativeStaking, "there is no native staking on this chain: deploy it first")
            }
            new.staking = staking.number
            new.epochBlocks = Self.epochBlocksDefault
            new.moduleAccount = "\(Self.manifest.name):\(context.identity.number)"
            new.operatorPrefix = context.addresses.validatorOperator
        }
        for (name, field) in try JSONField(configuration).members() {
            switch name {
            case "converter": new.converter = try Self.reference(field)
            case "epoch": new.epochBlocks = try Self.epochBlocks(field)
            default:
                throw ModuleError(
                    .invalidArgument,
                    "virtual staking has no setting at \(field.path): use converter and epoch"
                )
            }
        }
        guard !new.converter.isEmpty else {
            throw ModuleError(
                .virtualStakingSettingNotAllowed,
                "virtual staking belongs to a converter: name its label or address as converter"
            )
        }
        if let old, old.converter != new.converter { try requireUnused(context) }
        new.epochOffset = UInt64(context.identity.number) % new.epochBlocks
        if new != old { try context.emit(.with { [new] in $0.configured.settings = new }) }
    }

    private func requireUnused(_ context: Context) throws(ModuleError) {
        guard try sum(of: cap, context).isZero, try sum(of: mintedTotal, context).isZero,
            try closure.value(in: context) == nil
        else {
            throw ModuleError(
                .virtualStakingSettingNotAllowed,
                "the instance is authorised for its converter, or was paired with it: deploy another one"
            )
        }
    }

    private static func reference(_ field: JSONField) throws(ModuleError) -> String {
        let text = try field.string()
        guard !text.isEmpty, text.utf8.count <= 128 else {
            throw field.invalid("a reference is the label or the address of an instance, 128 bytes at most")
        }
        return text
    }

    private static func epochBlocks(_ field: JSONField) throws(ModuleError) -> UInt64 {
        let blocks = try field.integer(as: UInt64.self)
        guard (1...epochBlocksMax).contains(blocks) else {
            throw field.invalid("an epoch has 1 to \(epochBlocksMax) blocks")
        }
        return blocks
    }
}
