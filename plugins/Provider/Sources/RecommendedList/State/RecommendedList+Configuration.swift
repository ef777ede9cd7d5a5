public import ModuleKit
import RecommendedListEvents

extension RecommendedList {
    /// Takes the settings of an instance; only its admin reconfigures it.
    ///
    ///     { "curator": "cosmos1…" }
    ///
    /// Without a curator the admin alone changes the list.
    ///
    /// - Throws: `invalidArgument` for an unknown setting; codespace `genesis` for a malformed one.
    public func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        let root = JSONField(configuration)
        for (name, field) in try root.members() where name != "curator" {
            throw ModuleError(.invalidArgument, "a recommended list has no setting at \(field.path): use curator")
        }
        let label = context.identity.label
        var read = RecommendedListSettings.with { $0.label = label }
        if let curator = try root["curator"].optional?.address(context.addresses, as: .account) {
            read.curator = context.addresses.format(curator, as: .account)
        }
        guard try settings.value(in: context) != read else { return }
        let result = read
        try context.emit(.with { $0.configured.settings = result })
    }
}
