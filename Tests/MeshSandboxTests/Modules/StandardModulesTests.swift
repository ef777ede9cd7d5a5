import MeshHost
import MeshSandbox
import ModuleKit
import SwiftProtobuf
import Testing

@Suite("The standard modules")
struct StandardModulesTests {
    @Test("describe a file that several of their vocabularies import in the same way, or some were not generated anew")
    func oneDescriptionOfEachFile() throws {
        var files: [String: (owner: String, description: Google_Protobuf_FileDescriptorProto)] = [:]
        var sharedCount = 0
        for module in try StandardModules.registry().modules {
            let set = try Google_Protobuf_FileDescriptorSet(serializedBytes: module.events.descriptorSet)
            for file in set.file {
                if let known = files[file.name] {
                    sharedCount += 1
                    #expect(
                        known.description == file,
                        "\(module.manifest.name) has another \(file.name) than \(known.owner): run `make proto`"
                    )
                } else {
                    files[file.name] = (module.manifest.name, file)
                }
            }
        }
        #expect(sharedCount > 10)
    }
}
