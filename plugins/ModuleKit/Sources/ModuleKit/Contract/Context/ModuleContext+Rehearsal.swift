extension ModuleContext {
    /// Records an event as `emit` would, with all that follows, and undoes it: what would come of it?
    ///
    /// Nobody has signed for what is rehearsed, so nothing succeeds only because of who asks. The work is charged.
    ///
    /// - Throws: what `emit` would throw.
    public func rehearse(_ event: Module.Event) throws(ModuleError) {
        let signer = execution.signer
        execution.signer = nil
        defer { execution.signer = signer }
        try execution.discarding { () throws(ModuleError) in
            _ = try execution.emit(event, from: instance, cause: cause)
        }
    }
}
