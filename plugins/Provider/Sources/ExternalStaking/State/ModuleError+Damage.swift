import ModuleKit

extension ModuleError {
    /// A stored value that contradicts itself.
    static func damaged(_ what: String) -> ModuleError {
        ModuleError(.undecodable, "\(what): the store is damaged")
    }
}
