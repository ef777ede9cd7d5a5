import ModuleKit
import SlashingEvents

extension SlashingState {
    /// Changes what is known of a validator's votes; of one that nothing is known of, it begins with zeros.
    func change(
        _ address: Address,
        in state: StateWriter,
        _ change: (inout SlashingSigningInfo) throws(ModuleError) -> Void
    ) throws(ModuleError) {
        var info = try infos.value(for: address, in: state) ?? SlashingSigningInfo()
        try change(&info)
        try infos.set(info, for: address, in: state)
    }

    /// Begins counting anew: no missed votes, and the next one is the first.
    func forget(_ address: Address, in state: StateWriter) throws(ModuleError) {
        try stopCounting(address, in: state)
        _ = try forgetMissed(by: address, before: .max, in: state)
        try watched.remove(address, in: state)
        try change(address, in: state) { (info) throws(ModuleError) in
            info.missed = 0
            info.nextVote = 0
        }
    }

    func stopCounting(_ address: Address, in state: StateWriter) throws(ModuleError) {
        var list = try currentSigners(state)
        list.remove(address)
        try signers.set(list, in: state)
    }

    /// Keeps a double sign that was punished.
    func keep(_ equivocation: SlashingEquivocation, in state: StateWriter) throws(ModuleError) {
        let address = try Address(bytes: equivocation.consensusAddress)
        try equivocations.set(equivocation, for: Pair(address, equivocation.height), in: state)
    }

    /// Has the next block look at everybody who has missed a vote.
    func watchAll(in state: StateWriter) throws(ModuleError) {
        var found: [Address] = []
        try infos.forEach(in: state) { (address, info) throws(ModuleError) in
            if info.missed > 0 { found.append(address) }
            return true
        }
        for address in found { try watched.set(Unit(), for: address, in: state) }
    }
}
