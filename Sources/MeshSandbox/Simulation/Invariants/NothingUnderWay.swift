/// When everything was settled, every sender knows how each of his packets ended.
struct NothingUnderWay: SimulationInvariant {
    static let name = "nothing under way"
    let moment = SimulationMoment.settled

    func violations(in world: SimulationWorld) throws(SandboxError) -> [String] {
        world.packets.unsettled.map { packet in
            "\(packet.key.source.chainID) \(packet.key.source.end): packet \(packet.key.sequence) is \(packet.fate.rawValue)"
        }
    }
}
