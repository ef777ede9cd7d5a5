internal import ModuleKit

/// Requests to run another version of a module's code.
///
/// An instance has one request at most, a later one in the place of an earlier. They are kept by the height of their block, so
/// that a block finds those that are due without a look at the rest. A request goes with the admin who made it: what governance
/// looks at when it takes an instance over, or authorises it, is the code that stays.
extension HostModule {
    func requestMigration(_ request: HostMigrate, _ context: Context) throws(ModuleError) {
        let instance = try administered(request.instance, context)
        let version = try Version(request.version)
        guard registry.module(instance.module, version: version) != nil else {
            throw unknownModule("\(instance.module) \(version)")
        }
        guard version.description != instance.version else {
            throw ModuleError(.invalidArgument, "\(instance.label) runs version \(version) already")
        }
        try requireAlone(instance.module, besides: instance.number, context)
        let (next, overflow) = context.block.height.addingReportingOverflow(1)
        let height = request.height == 0 ? next : request.height
        guard !overflow, height >= next else {
            throw ModuleError(
                .invalidArgument,
                "block \(request.height) has begun, this is \(context.block.height): name a later one, or 0 for the next"
            )
        }
        try context.emit(
            .with {
                $0.migrationRequested = .with {
                    $0.number = instance.number
                    $0.version = version.description
                    $0.height = height
                }
            }
        )
    }

    func apply(_ request: HostMigrationRequested, to state: StateWriter) throws(ModuleError) {
        try forgetMigration(of: request.number, in: state)
        try migrations.set(request.version, for: Pair(request.height, request.number), in: state)
        try migrationHeights.set(request.height, for: request.number, in: state)
    }

    /// Takes back the request that an instance has, if there is one.
    func forgetMigration(of number: UInt32, in state: StateWriter) throws(ModuleError) {
        guard let height = try migrationHeights.value(for: number, in: state) else { return }
        try migrations.remove(Pair(height, number), in: state)
        try migrationHeights.remove(number, in: state)
    }

    /// The requests that are due by a height: the earliest first, then by number.
    ///
    /// - Complexity: O(limit), however many are not due.
    func dueMigrations(by height: UInt64, limit: Int, in state: some StateReading) throws(ModuleError) -> [(
        number: UInt32, version: String
    )] {
        var due: [(number: UInt32, version: String)] = []
        guard limit > 0 else { return due }
        try migrations.forEach(in: state) { (key, version) throws(ModuleError) in
            guard key.first <= height else { return false }
            due.append((key.second, version))
            return due.count < limit
        }
        return due
    }
}
