internal import Foundation
internal import ModuleKit

/// The host's part of a genesis: the chain itself, the instances to deploy, and their grants.
extension HostModule {
    /// One instance that a genesis deploys.
    private struct Deployment {
        var module: String
        var label: String
        var configuration: JSONValue = .object(JSONObject())
        var admin = ""
        var grants: [String]
    }

    /// Records the start of the chain and deploys its first instances.
    ///
    ///     "app_state": { "host": { "instances": [
    ///         { "module": "bank", "label": "bank", "configuration": {}, "admin": "", "grants": ["bank/mint"] } ] } }
    func start(
        _ document: GenesisDocument,
        hash: [UInt8],
        _ context: Context,
        _ report: inout GenesisReport
    ) throws(ModuleError) {
        // The host's own events are the first that need a dictionary, and so have number 0.
        let own = HostVocabulary(of: HostEvent.self)
        try context.emit(
            .with {
                $0.vocabularyAdded = .with {
                    $0.number = 0
                    $0.messageName = own.messageName
                    $0.schemaVersion = own.schemaVersion
                    $0.descriptorHash = own.descriptorHash
                }
            }
        )
        try context.emit(
            .with {
                $0.chainStarted = .with {
                    $0.chainID = document.chainID
                    $0.addressPrefix = context.addresses.account
                    $0.validatorPrefix = context.addresses.validatorOperator
                    $0.consensusPrefix = context.addresses.consensus
                    $0.initialHeight = document.initialHeight
                    $0.genesisHash = Data(hash)
                }
            }
        )
        for deployment in try deployments(document.appState, &report) {
            try deploy(
                module: deployment.module,
                label: deployment.label,
                configuration: deployment.configuration,
                admin: deployment.admin,
                creator: nil,
                context
            )
            let number = try number(of: deployment.label, in: context)
            for privilege in deployment.grants {
                try context.emit(
                    .with {
                        $0.privilegeGranted = .with {
                            $0.number = number
                            $0.privilege = privilege
                            $0.height = context.block.height
                        }
                    }
                )
            }
        }
    }

    private func deployments(_ appState: JSONField, _ report: inout GenesisReport) throws(ModuleError) -> [Deployment] {
        guard let section = appState["host"].optional else {
            var names: [String] = []
            for module in registry.modules where !names.contains(module.manifest.name) {
                names.append(module.manifest.name)
            }
            return names.map { name in
                let privileges = registry.module(name)?.privileges.map(\.name) ?? []
                return Deployment(module: name, label: name, grants: privileges)
            }
        }
        report.claim("host")
        var deployments: [Deployment] = []
        for instance in try section["instances"].array() {
            var deployment = Deployment(
                module: try instance["module"].string(),
                label: try instance["label"].string(),
                grants: []
            )
            if let configuration = instance["configuration"].optional {
                deployment.configuration = try configuration.required()
            }
            deployment.admin = try instance["admin"].optional?.string() ?? ""
            for grant in try instance["grants"].optional?.array() ?? [] { deployment.grants.append(try grant.string()) }
            deployments.append(deployment)
        }
        return deployments
    }
}
