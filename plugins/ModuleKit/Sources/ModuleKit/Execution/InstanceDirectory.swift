/// The instances that are known, by number, by label and by address.
struct InstanceDirectory {
    /// The instances by number; the host's own is number 0.
    private(set) var instances: [AnyModuleInstance] = []
    /// The numbers by label and by address. Only asked, never iterated. A label that reads as an address is not among
    /// them, so that none hides an address, whichever is looked for first.
    private var numberByLabel: [String: UInt32] = [:]
    private var numberByAddress: [Address: UInt32] = [:]

    /// How many there are.
    var count: Int { instances.count }

    /// The instance with this number; nil when none is known.
    subscript(number: UInt32) -> AnyModuleInstance? {
        Int(number) < instances.count ? instances[Int(number)] : nil
    }

    /// The instance with this label.
    func instance(labelled label: String) -> AnyModuleInstance? { numberByLabel[label].flatMap { self[$0] } }

    /// The instance with this address.
    func instance(at address: Address) -> AnyModuleInstance? { numberByAddress[address].flatMap { self[$0] } }

    /// Puts an instance in its place: the next number, or over the one that it replaces.
    mutating func install(_ instance: AnyModuleInstance) {
        let number = Int(instance.identity.number)
        if number < instances.count {
            forget(instances[number])
            instances[number] = instance
        } else {
            instances.append(instance)
        }
        if (try? Address(bech32: instance.identity.label)) == nil {
            numberByLabel[instance.identity.label] = instance.identity.number
        }
        numberByAddress[instance.identity.address] = instance.identity.number
    }

    /// Drops the instances from the `count`-th on.
    mutating func truncate(to count: Int) {
        guard count < instances.count else { return }
        for instance in instances[count...] { forget(instance) }
        instances.removeSubrange(count...)
    }

    /// Labels and addresses are unique on a chain; where two were alike, the entry is the other's by now and stays.
    private mutating func forget(_ instance: AnyModuleInstance) {
        let identity = instance.identity
        if numberByLabel[identity.label] == identity.number { numberByLabel[identity.label] = nil }
        if numberByAddress[identity.address] == identity.number { numberByAddress[identity.address] = nil }
    }
}
