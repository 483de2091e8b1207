// There was no worker before the redesign. The place has room for two, as for its successor; they find nothing to do.
import '../../worker/main.ts'
